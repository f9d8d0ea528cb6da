/// The elements converted to the type of a second tensor, by the rules of Cast.
///
/// - (C1) Only the type of `target_type` matters.
/// - Source: onnx/onnx docs/Operators.md, CastLike.
enum CastLikeEvaluator: Evaluator {
  static let name = "CastLike"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let target = try call.tensor(1).type
    return [try Conversion(call, to: target).outcome(of: try call.tensor(0))]
  }
}
