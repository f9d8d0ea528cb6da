/// The negation of each element.
///
///     y[i] = ¬x[i]
///
/// - (C1) The output has the shape of the input and is bool.
/// - Source: onnx/onnx docs/Operators.md, Not.
enum NotEvaluator: Evaluator {
  static let name = "Not"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    return [.exact(ExactTensor(x.shape, bools: try x.integers().map { $0 == 0 }))]
  }
}
