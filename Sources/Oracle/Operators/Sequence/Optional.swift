import ModelFormat

/// An optional that holds the input, or nothing.
///
/// - (C1) Without an input, `type` names what the empty optional could hold.
/// - Source: onnx/onnx docs/Operators.md, Optional.
enum OptionalEvaluator: Evaluator {
  static let name = "Optional"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let content: ExactValue
    if call.inputs.isEmpty || call.inputs[0] == nil {
      guard case .type(let type)? = call.node.attributes["type"] else {
        throw .invalid("an empty Optional without a type")
      }
      content = .optional(nil, content: type)
    } else {
      let value = try call.value(0)
      content = .optional(value, content: value.type)
    }
    var outcome = Outcome(content, .exact)
    outcome.signedZero = true
    return [outcome]
  }
}
