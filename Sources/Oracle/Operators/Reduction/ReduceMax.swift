import ExtendedArithmetic
import Tensors

/// The maximum over the given axes.
///
///     y = max_{reduced axes} x
///
/// - (C1) From version 18 on, `axes` is an optional input; before, an attribute.
/// - (C2) A NaN among the elements gives NaN, wherever it stands (register A1).
/// - (C3) The maximum of nothing is −Inf, or the type's least value (register A13).
/// - Source: onnx/onnx docs/Operators.md, ReduceMax.
enum ReduceMaxEvaluator: Evaluator {
  static let name = "ReduceMax"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let reduction = try Reduction(call, x, axesInputFrom: 18)
    var outcome: Outcome
    if x.isIntegral {
      let values = try x.integers()
      let least = try ExactTensor.leastInteger(of: x.type)
      let maxima = reduction.groups.map { $0.map { values[$0] }.max() ?? least }
      outcome = .exact(ExactTensor(x.type, reduction.shape, integers: maxima))
    } else {
      let values = try x.reals()
      let maxima = reduction.groups.map { $0.map { values[$0] }.maximum }
      outcome = .exact(ExactTensor(x.type, reduction.shape, reals: maxima), signedZero: false)
    }
    // Versions before 18 do not say what the maximum of nothing is.
    if call.version < 18 { outcome.undefined = OpenElements.mask(reduction.groups.map(\.isEmpty)) }
    return [outcome]
  }
}
