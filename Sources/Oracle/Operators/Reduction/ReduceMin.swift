import ExtendedArithmetic
import Tensors

/// The minimum over the given axes.
///
///     y = min_{reduced axes} x
///
/// - (C1) From version 18 on, `axes` is an optional input; before, an attribute.
/// - (C2) A NaN among the elements gives NaN, wherever it stands (register A1).
/// - (C3) The minimum of nothing is +Inf, or the type's greatest value (register A13).
/// - Source: onnx/onnx docs/Operators.md, ReduceMin.
enum ReduceMinEvaluator: Evaluator {
  static let name = "ReduceMin"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let reduction = try Reduction(call, x, axesInputFrom: 18)
    var outcome: Outcome
    if x.isIntegral {
      let values = try x.integers()
      let greatest = try ExactTensor.integerRange(of: x.type).upperBound
      let minima = reduction.groups.map { $0.map { values[$0] }.min() ?? greatest }
      outcome = .exact(ExactTensor(x.type, reduction.shape, integers: minima))
    } else {
      let values = try x.reals()
      let minima = reduction.groups.map { $0.map { values[$0] }.minimum }
      outcome = .exact(ExactTensor(x.type, reduction.shape, reals: minima), signedZero: false)
    }
    // Versions before 18 do not say what the minimum of nothing is.
    if call.version < 18 { outcome.undefined = reduction.openWhereEmpty }
    return [outcome]
  }
}
