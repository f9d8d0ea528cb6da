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
enum ReduceMeanEvaluator: ReductionEvaluator {
  static let name = "ReduceMean"

  static func isOpenWhereEmpty(version: Int) -> Bool { true }

  /// The text does not say how an integer mean is rounded: only whole means are judged.
  static func integers(_ folds: Folds<Int128>) throws(EvaluationError) -> Outcome {
    let sums = folds.groups.map { $0.reduce(Int128(0), &+) }
    let counts = folds.groups.map { Int128(max(1, $0.count)) }
    let means = zip(sums, counts).map { $0 / $1 }
    var outcome = Outcome.exact(ExactTensor(folds.type, folds.shape, integers: means))
    outcome.undefined = OpenElements.mask(zip(sums, counts).map { $0 % $1 != 0 })
    return outcome
  }

  static func reals(_ folds: Folds<DoubleDouble>, _: Call) -> Outcome {
    var output = AccumulatedTensor(hasProducts: false)
    for group in folds.groups {
      output.append(
        ExactSum(group), height: max(0, group.count - 1), dividedBy: max(1, group.count))
    }
    return output.outcome(folds.type, folds.shape)
  }
}
