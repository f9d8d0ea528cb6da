import ExtendedArithmetic
import Tensors

/// The operands of one attention call, brought to one layout.
struct AttentionProblem {
  /// One row of attention weights applied to the values.
  struct Row {
    let batch: Int
    let head: Int
    let token: Int
    let output: [DoubleDouble]
    /// The row of the matrix that `qk_matmul_output_mode` asks for.
    let stage: [DoubleDouble]
  }

  let type: ElementType
  let query: HeadLayout
  let outputShape: Shape
  let outputLayout: HeadLayout
  let keyCount: Int
  /// present_key and present_value, class X.
  let presents: [Outcome]
  private let queries: [DoubleDouble]
  private let keys: CachedHeads
  private let values: CachedHeads
  private let mask: AttentionMask
  private let scaleRoot: DoubleDouble
  private let softcap: Double
  private let stageMode: Int
  /// The roundings of scores in units of float32's: the function body holds them in the type of Q
  /// and K, before the softmax and after it.
  private let scoreUnits: Double
  /// Those of the softmax, in `softmax_precision`, which defaults to that type.
  private let softmaxUnits: Double

  /// The shape of the scores: [batch, query heads, queries, keys].
  var scoreShape: Shape { [query.batch, query.heads, query.tokens, keyCount] }

  init(_ call: Call) throws(EvaluationError) {
    let (q, k, v) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
    let queryHeads = try call.int("q_num_heads", default: 0)
    let keyHeads = try call.int("kv_num_heads", default: 0)
    guard let query = HeadLayout(q.shape, heads: queryHeads) else {
      throw .invalid("Attention: Q of rank 3 needs q_num_heads, else rank 4")
    }
    keys = try CachedHeads(k, past: try call.optionalTensor(4), heads: keyHeads)
    values = try CachedHeads(v, past: try call.optionalTensor(5), heads: keyHeads)
    guard keys.heads > 0, query.heads % keys.heads == 0, values.heads == keys.heads,
      keys.tokens == values.tokens, keys.width == query.width, keys.batch == query.batch,
      values.batch == query.batch
    else { throw .invalid("Attention: heads, batches or lengths of Q, K and V do not fit") }
    (type, self.query, keyCount) = (q.type, query, keys.tokens)
    queries = try q.reals()
    outputShape =
      q.rank == 4
      ? [query.batch, query.heads, query.tokens, values.width]
      : [query.batch, query.tokens, query.heads * values.width]
    guard let layout = HeadLayout(outputShape, heads: query.heads) else {
      throw .invalid("Attention: the output has no layout")
    }
    outputLayout = layout
    mask = try AttentionMask(call, query, keyCount: keyCount, pastCount: keys.pastTokens)
    // Without the attribute the scale is 1/√width, and its root the fourth root of 1/width.
    let given = try call.float("scale", default: 0)
    let width = DoubleDouble(Double(query.width))
    let scale =
      call.node.attributes["scale"] == nil ? .one / DoubleDouble.sqrt(width) : DoubleDouble(given)
    scaleRoot = DoubleDouble.sqrt(scale)
    softcap = try call.float("softcap", default: 0)
    stageMode = try call.int("qk_matmul_output_mode", default: 0)
    let named = try call.int("softmax_precision", default: Int(q.type.rawValue))
    let precision = try Conversion.target(number: named)
    guard q.type != .f64 || precision == .f64 else {
      throw .unsupported("Attention of float64 with a narrower softmax_precision")
    }
    scoreUnits = Trace.units(of: q.type)
    softmaxUnits = Trace.units(of: precision)
    presents = [.exact(keys.present), .exact(values.present)]
  }

  /// All rows in the order batch, head, token.
  func rows(_ call: Call) -> [Row] {
    var rows: [Row] = []
    for batch in 0..<query.batch {
      for head in 0..<query.heads {
        for token in 0..<query.tokens { rows.append(row(batch, head, token, call.trace)) }
      }
    }
    return rows
  }

  private func row(_ batch: Int, _ head: Int, _ token: Int, _ trace: Trace) -> Row {
    let group = head / (query.heads / keys.heads)
    let q = (0..<query.width).map { feature in
      trace.multiply(queries[query.position(batch, head, token, feature)], scaleRoot)
    }
    let products = (0..<keyCount).map { key in
      let k = keys.row(batch, group, key).map { trace.multiply($0, scaleRoot) }
      return narrowed(trace.dot(q, k), trace)
    }
    let capped = products.map {
      softcap > 0 ? narrowed(cap($0, trace), trace) : $0
    }
    let masked = capped.enumerated().map { key, score in
      narrowed(mask.apply(to: score, batch, head, token, key, trace), trace)
    }
    let isAdmitted = masked.contains { $0.high > -.infinity || $0.isNaN }
    let weights = isAdmitted ? softmax(masked, trace) : masked.map { _ in .zero }
    let output = (0..<values.width).map { feature in
      trace.dot(weights, (0..<keyCount).map { values.row(batch, group, $0)[feature] })
    }
    let stage = [products, capped, masked, weights]
    return Row(
      batch: batch, head: head, token: token, output: output,
      stage: stage[Swift.min(Swift.max(stageMode, 0), 3)])
  }

  private func softmax(_ scores: [DoubleDouble], _ trace: Trace) -> [DoubleDouble] {
    let m = scores.maximum
    let e = scores.map { score in
      held(trace.primitive(.exp, held(trace.subtract(score, m), trace)), trace)
    }
    let total = held(trace.sum(e), trace)
    let weights = e.map { held(trace.divide($0, by: total), trace) }
    return softmaxUnits == scoreUnits ? weights : weights.map { narrowed($0, trace) }
  }

  /// A step of the softmax, in its own precision.
  private func held(_ x: DoubleDouble, _ trace: Trace) -> DoubleDouble {
    softmaxUnits == 1 ? x : trace.step(x, units: softmaxUnits)
  }

  /// A score or weight that the text lets a backend hold in the narrow type.
  private func narrowed(_ x: DoubleDouble, _ trace: Trace) -> DoubleDouble {
    scoreUnits == 1 ? x : trace.step(x, units: scoreUnits)
  }

  private func cap(_ score: DoubleDouble, _ trace: Trace) -> DoubleDouble {
    let limit = DoubleDouble(softcap)
    return trace.multiply(limit, trace.primitive(.tanh, trace.divide(score, by: limit)))
  }
}
