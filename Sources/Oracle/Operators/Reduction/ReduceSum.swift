import ExtendedArithmetic
import Tensors

/// The sum over the given axes.
///
///     y = Σ_{reduced axes} x
///
/// - (C1) From version 13 on, `axes` is an optional input; before, an attribute.
/// - (C2) Without axes all are reduced, or none with `noop_with_empty_axes`.
/// - (C3) `keepdims` keeps reduced axes with length 1.
/// - (C4) The sum of nothing is 0 (register A13).
/// - Source: onnx/onnx docs/Operators.md, ReduceSum.
enum ReduceSumEvaluator: Evaluator {
  static let name = "ReduceSum"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let reduction = try Reduction(call, x, axesInputFrom: 13)
    if x.isIntegral {
      let values = try x.integers()
      let sums = reduction.groups.map { $0.reduce(Int128(0)) { $0 &+ values[$1] } }
      return [.exact(try ExactTensor(x.type, reduction.shape, integers: sums).wrapped())]
    }
    let values = try x.reals()
    var output = AccumulatedTensor(hasProducts: false)
    for group in reduction.groups {
      output.append(ExactSum(group.map { values[$0] }), height: max(0, group.count - 1))
    }
    return [output.outcome(x.type, reduction.shape)]
  }
}
