/// Values drawn from a normal distribution; only their statistics are judged.
///
/// - (C1) The shape is the input's; so is the type, unless `dtype` names another one.
/// - (C2) `mean` and `scale` are those of the distribution.
/// - Source: onnx/onnx docs/Operators.md, RandomNormalLike.
enum RandomNormalLikeEvaluator: Evaluator {
  static let name = "RandomNormalLike"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try RandomDraws.normal(call).ofInputShape(call)
  }
}
