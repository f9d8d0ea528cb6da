/// What an optional holds.
///
/// - (C1) An optional gives its content; an empty one is an error.
/// - (C2) From version 18 on, a tensor or sequence is passed on.
/// - Source: onnx/onnx docs/Operators.md, OptionalGetElement.
enum OptionalGetElementEvaluator: Evaluator {
  static let name = "OptionalGetElement"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let value = try call.value(0)
    guard case .optional(let content, _) = value else { return [.passed(value)] }
    guard let content else { throw .invalid("OptionalGetElement of an empty optional") }
    return [.passed(content)]
  }
}
