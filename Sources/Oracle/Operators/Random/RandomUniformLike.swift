/// Values drawn uniformly between `low` and `high`; only their statistics are judged.
///
/// - (C1) The shape is the input's; so is the type, unless `dtype` names another one.
/// - (C2) No value lies outside of `low` and `high`.
/// - Source: onnx/onnx docs/Operators.md, RandomUniformLike.
enum RandomUniformLikeEvaluator: Evaluator {
  static let name = "RandomUniformLike"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try RandomDraws.uniform(call).ofInputShape(call)
  }
}
