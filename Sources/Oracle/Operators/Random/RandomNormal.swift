/// Values drawn from a normal distribution; only their statistics are judged.
///
/// - (C1) Shape and type (`dtype`, float by default) are as asked.
/// - (C2) `mean` and `scale` are those of the distribution.
/// - Source: onnx/onnx docs/Operators.md, RandomNormal.
enum RandomNormalEvaluator: Evaluator {
  static let name = "RandomNormal"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try RandomDraws.normal(call).ofStatedShape(call)
  }
}
