import ExtendedArithmetic
import Tensors

/// The elementwise quotient of two tensors under multidirectional broadcasting.
///
///     c[i] = a[i] / b[i]
///
/// - (C1) The shape of the output is the broadcast of the inputs' shapes.
/// - (C2) Integer quotients are truncated toward zero.
/// - (C3) An integer divided by zero, and the least integer divided by −1, are left open (register
///   A5, A6).
/// - Source: onnx/onnx docs/Operators.md, Div.
enum DivEvaluator: Evaluator {
  static let name = "Div"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (a, b, shape) = try ExactTensor.broadcast(try call.tensor(0), try call.tensor(1))
    guard a.isIntegral else {
      return try call.arithmetic(
        reals: { Binary64.quotient($0, $1) }, integers: { value, _ in value }, signedZero: true)
    }
    let pairs = Array(zip(try a.integers(), try b.integers()))
    let quotients = ExactTensor(a.type, shape, integers: pairs.map { $1 == 0 ? 0 : $0 / $1 })
    let wrapped = try quotients.wrapped()
    var outcome = Outcome.exact(wrapped)
    let fits = zip(try quotients.integers(), try wrapped.integers()).map { $0 == $1 }
    outcome.undefined = OpenElements.mask(zip(pairs, fits).map { $0.1 == 0 || !$1 })
    return [outcome]
  }
}
