import ExtendedArithmetic
import Tensors

/// The sum of absolute values over the given axes.
///
///     y = Σ_{reduced axes} |x|
///
/// - (C1) From version 18 on, `axes` is an optional input; before, an attribute.
/// - (C2) Where no axis is reduced, the absolute values remain.
/// - (C4) Of nothing it is 0 (register A13).
/// - (C7) Integers wrap around, the absolute value of the least one too.
/// - Source: onnx/onnx docs/Operators.md, ReduceL1.
enum ReduceL1Evaluator: Evaluator {
  static let name = "ReduceL1"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let reduction = try Reduction(call, x, axesInputFrom: 18)
    var outcome: Outcome
    if x.isIntegral {
      let values = try x.integers()
      let sums = reduction.groups.map { $0.reduce(Int128(0)) { $0 &+ abs(values[$1]) } }
      outcome = .exact(try ExactTensor(x.type, reduction.shape, integers: sums).wrapped())
    } else {
      let values = try x.reals()
      var output = AccumulatedTensor(hasProducts: false)
      for group in reduction.groups {
        output.append(group.map { values[$0].magnitude }, height: max(0, group.count - 1))
      }
      outcome = output.outcome(x.type, reduction.shape)
    }
    // Versions before 18 do not say what the sum of nothing is.
    if call.version < 18 { outcome.undefined = reduction.openWhereEmpty }
    return [outcome]
  }
}
