/// The input itself, a tensor, sequence or optional.
///
/// - (C1) Type, shape and every bit of the value stay, signs of zeros included.
/// - Source: onnx/onnx docs/Operators.md, Identity.
enum IdentityEvaluator: Evaluator {
  static let name = "Identity"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    var outcome = Outcome(try call.value(0), .exact)
    outcome.signedZero = true
    return [outcome]
  }
}
