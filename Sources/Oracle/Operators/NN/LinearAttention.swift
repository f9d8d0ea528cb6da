import ExtendedArithmetic
import Tensors

/// Attention by a recurrent state in place of scores.
///
///     S_t = e^{g_t} ⊙ S_{t−1} + k_t ⊗ w_t        o_t = scale · q_tᵀ S_t
///     w_t = v_t, or β_t · (v_t − (e^{g_t} ⊙ S_{t−1})ᵀ k_t) with the delta
///
/// - (C1) `update_rule`: linear has neither decay nor delta, gated the decay, delta the delta,
///   gated_delta (the default) both.
/// - (C2) Query head h reads the state of key-value head h / (query heads / key-value heads).
/// - (C3) A scale of 0, the default, is 1/√(width of a query head).
/// - (C4) The decay is a logarithm for each head, or for each feature of its keys; β is one for each
///   head, or one for all.
/// - (C5) The recurrence starts from past_state, which defaults to zeros.
/// - (C6) The decay is there for the gated rules, β for those with the delta; heads and shapes fit.
/// - (C7) `chunk_size` is a hint.
/// - The whole in the function body is float32, rounded once at the end.
/// - Source: onnx/onnx docs/Operators.md, LinearAttention.
enum LinearAttentionEvaluator: Evaluator {
  static let name = "LinearAttention"
  static let decompositions = 2

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let problem = try Problem(call)
    var output = [DoubleDouble](
      repeating: .zero, count: problem.batch * problem.tokens * problem.queryHeads * problem.columns
    )
    var states: [DoubleDouble] = []
    for batch in 0..<problem.batch {
      for head in 0..<problem.keyHeads {
        let run = problem.head(batch, head, call.trace)
        let result = call.decomposition == 0 ? run.recurrent() : run.chunked()
        states += result.state.joined()
        for (member, rows) in result.outputs.enumerated() {
          for (token, row) in rows.enumerated() {
            let place = (batch * problem.tokens + token) * problem.queryHeads
            let start = (place + head * problem.group + member) * problem.columns
            output.replaceSubrange(start..<(start + problem.columns), with: row)
          }
        }
      }
    }
    let shape = [problem.batch, problem.tokens, problem.queryHeads * problem.columns]
    return [
      .composite(ExactTensor(problem.type, shape, reals: output)),
      .composite(ExactTensor(problem.stateType, problem.stateShape, reals: states)),
    ]
  }

  /// The operands of one call.
  private struct Problem {
    let type: ElementType
    let stateType: ElementType
    let batch: Int
    let tokens: Int
    let queryHeads: Int
    let keyHeads: Int
    let features: Int
    let columns: Int
    private let q: [DoubleDouble]
    private let k: [DoubleDouble]
    private let v: [DoubleDouble]
    private let past: [DoubleDouble]?
    private let decay: ExactTensor?
    private let rate: ExactTensor?
    private let scale: DoubleDouble

    var group: Int { queryHeads / keyHeads }
    var stateShape: Shape { [batch, keyHeads, features, columns] }

    init(_ call: Call) throws(EvaluationError) {
      let (q, k, v) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
      (queryHeads, keyHeads) = (try call.int("q_num_heads"), try call.int("kv_num_heads"))
      guard q.rank == 3, k.rank == 3, v.rank == 3, queryHeads > 0, keyHeads > 0,
        queryHeads % keyHeads == 0, q.shape[2] > 0, q.shape[2] % queryHeads == 0,
        v.shape[2] % keyHeads == 0
      else {
        throw .invalid("LinearAttention: \(queryHeads) and \(keyHeads) heads do not fit \(q.shape)")
      }
      (type, batch, tokens) = (q.type, q.shape[0], q.shape[1])
      (features, columns) = (q.shape[2] / queryHeads, v.shape[2] / keyHeads)
      guard k.shape == [batch, tokens, keyHeads * features],
        Shape(v.shape[..<2]) == [batch, tokens]
      else { throw .invalid("LinearAttention: K \(k.shape) or V \(v.shape) do not fit") }
      (self.q, self.k, self.v) = (try q.reals(), try k.reals(), try v.reals())
      let past = try call.optionalTensor(3)
      let stateShape = Shape([q.shape[0], keyHeads, features, columns])
      guard past == nil || past?.shape == stateShape else {
        throw .invalid("LinearAttention: a past of another shape than the state")
      }
      (stateType, self.past) = (past?.type ?? q.type, try past?.reals())
      let rule = try call.string("update_rule", default: "gated_delta")
      guard ["linear", "gated", "delta", "gated_delta"].contains(rule) else {
        throw .invalid("LinearAttention: no rule is called \"\(rule)\"")
      }
      decay =
        rule.hasPrefix("gated")
        ? try Self.row(call, 4, [batch, tokens], [keyHeads, keyHeads * features]) : nil
      rate =
        rule.hasSuffix("delta") ? try Self.row(call, 5, [batch, tokens], [keyHeads, 1]) : nil
      let given = DoubleDouble(try call.float("scale", default: 0))
      scale = given.high == 0 ? .one / DoubleDouble.sqrt(DoubleDouble(Double(features))) : given
    }

    /// The decay or the rate, which the rule demands, with a last axis of one of the widths.
    private static func row(
      _ call: Call, _ position: Int, _ shape: Shape, _ widths: [Int]
    ) throws(EvaluationError) -> ExactTensor {
      let tensor = try call.tensor(position)
      guard tensor.rank == 3, Shape(tensor.shape[..<2]) == shape,
        widths.contains(tensor.shape[2])
      else { throw .invalid("LinearAttention: input \(position) of shape \(tensor.shape)") }
      _ = try tensor.reals()
      return tensor
    }

    func head(_ batch: Int, _ head: Int, _ trace: Trace) -> LinearAttentionHead {
      func rows(_ x: [DoubleDouble], _ heads: Int, _ head: Int, _ width: Int) -> [[DoubleDouble]] {
        (0..<tokens).map { token in
          let start = ((batch * tokens + token) * heads + head) * width
          return Array(x[start..<(start + width)])
        }
      }
      func packed(_ x: ExactTensor) -> [[DoubleDouble]] {
        let values = (try? x.reals()) ?? []
        let isShared = x.shape[2] == 1
        let heads = isShared ? 1 : keyHeads
        return rows(values, heads, isShared ? 0 : head, x.shape[2] / heads)
      }
      let size = features * columns
      let start = (batch * keyHeads + head) * size
      let state = (0..<features).map { feature in
        (0..<columns).map { past?[start + feature * columns + $0] ?? .zero }
      }
      return LinearAttentionHead(
        queries: (0..<group).map { rows(q, queryHeads, head * group + $0, features) },
        keys: rows(k, keyHeads, head, features), values: rows(v, keyHeads, head, columns),
        decays: decay.map(packed), rates: rate.map { packed($0).map { $0[0] } }, state: state,
        scale: scale, trace: trace)
    }
  }
}
