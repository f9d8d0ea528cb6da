/// Strings joined pair by pair under multidirectional broadcasting.
///
///     z[i] = x[i] followed by y[i]
///
/// - Source: onnx/onnx docs/Operators.md, StringConcat.
enum StringConcatEvaluator: Evaluator {
  static let name = "StringConcat"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, y, shape) = try ExactTensor.broadcast(try call.tensor(0), try call.tensor(1))
    let joined = zip(try x.strings(), try y.strings()).map { $0 + $1 }
    return [.exact(ExactTensor(shape, strings: joined))]
  }
}
