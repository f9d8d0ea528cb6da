/// Values drawn uniformly between `low` and `high`; only their statistics are judged.
///
/// - (C1) Shape and type (`dtype`, float by default) are as asked.
/// - (C2) No value lies outside of `low` and `high`.
/// - Source: onnx/onnx docs/Operators.md, RandomUniform.
enum RandomUniformEvaluator: Evaluator {
  static let name = "RandomUniform"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try RandomDraws.uniform(call).ofStatedShape(call)
  }
}
