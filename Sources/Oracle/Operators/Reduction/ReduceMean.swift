import ExtendedArithmetic

/// The mean over the given axes.
///
///     y = (Σ_{reduced axes} x) / n
///
/// - (C1) From version 18 on, `axes` is an optional input; before, an attribute.
/// - (C2) Without axes all are reduced, or none with `noop_with_empty_axes`.
/// - (C3) `keepdims` keeps reduced axes with length 1.
/// - (C4) The mean of nothing is left open (register A13).
/// - Source: onnx/onnx docs/Operators.md, ReduceMean.
enum ReduceMeanEvaluator: Evaluator {
  static let name = "ReduceMean"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let reduction = try Reduction(call, x, axesInputFrom: 18)
    if x.isIntegral { return [try integers(x, reduction)] }
    let values = try x.reals()
    var output = AccumulatedTensor(hasProducts: false)
    for group in reduction.groups {
      let sum = ExactSum(group.map { values[$0] })
      output.append(sum, height: max(0, group.count - 1), dividedBy: max(1, group.count))
    }
    var outcome = output.outcome(x.type, reduction.shape)
    outcome.undefined = OpenElements.mask(reduction.groups.map(\.isEmpty))
    return [outcome]
  }

  /// The text does not say how an integer mean is rounded: only whole means are judged.
  private static func integers(
    _ x: ExactTensor, _ reduction: Reduction
  ) throws(EvaluationError) -> Outcome {
    let values = try x.integers()
    let sums = reduction.groups.map { $0.reduce(Int128(0)) { $0 &+ values[$1] } }
    let counts = reduction.groups.map { Int128(max(1, $0.count)) }
    let means = zip(sums, counts).map { $0 / $1 }
    var outcome = Outcome.exact(ExactTensor(x.type, reduction.shape, integers: means))
    let isOpen = zip(zip(sums, counts), reduction.groups).map { $0.0 % $0.1 != 0 || $1.isEmpty }
    outcome.undefined = OpenElements.mask(isOpen)
    return outcome
  }
}
