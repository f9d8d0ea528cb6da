import ExtendedArithmetic
import Tensors

/// Scaled dot-product attention with grouped heads, masks, soft cap and a key-value cache.
///
///     Y = softmax(cap(scale · Q·Kᵀ) + mask) · V
///
/// - (C1) Query head h reads key-value head h / (query heads / key-value heads).
/// - (C2) `scale` defaults to 1/√(head size of Q); Q and K are each scaled by its root.
/// - (C3) A bool mask admits where true, a float mask is added; `is_causal` admits keys up to the
///   query's own position, counted after the past.
/// - (C4) `softcap` c > 0 replaces scores s by c·tanh(s/c), before the mask is added.
/// - (C5) Past keys and values come before the new ones; present outputs are their concatenation.
/// - (C6) A query that no key is admitted for gives zeros, in Y and in the weights.
/// - (C7) `qk_matmul_output_mode`: 0 the products, 1 after the soft cap, 2 after the mask, 3 the
///   weights.
/// - Source: onnx/onnx docs/Operators.md, Attention.
enum AttentionEvaluator: Evaluator {
  static let name = "Attention"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let problem = try AttentionProblem(call)
    let rows = problem.rows(call)
    var output = [DoubleDouble](repeating: .zero, count: problem.outputShape.elementCount ?? 0)
    var stages = [DoubleDouble](
      repeating: .zero, count: problem.scoreShape.elementCount ?? 0)
    for row in rows {
      for (feature, value) in row.output.enumerated() {
        output[problem.outputLayout.position(row.batch, row.head, row.token, feature)] = value
      }
      let start =
        ((row.batch * problem.query.heads + row.head) * problem.query.tokens + row.token)
        * problem.keyCount
      stages.replaceSubrange(start..<(start + problem.keyCount), with: row.stage)
    }
    let y = Outcome.composite(ExactTensor(problem.type, problem.outputShape, reals: output))
    var outcomes = [y] + problem.presents
    if call.wantsOutput(3) {
      outcomes.append(.composite(ExactTensor(problem.type, problem.scoreShape, reals: stages)))
    }
    return outcomes
  }
}
