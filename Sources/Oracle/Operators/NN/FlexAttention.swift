import ExtendedArithmetic
import ModelFormat
import Tensors

/// Scaled dot-product attention with subgraphs for its scores and for its weights.
///
///     Y = prob_mod(softmax(score_mod(scale · Q·Kᵀ))) · V
///
/// - (C1) Query head h reads key-value head ⌊h / (query heads / key-value heads)⌋.
/// - (C2) `scale` defaults to 1/√(head size); Q and K may each be scaled by its root.
/// - (C3) score_mod maps the scores, prob_mod the weights; each keeps shape and type.
/// - (C4) The softmax and what the subgraphs see have the type `softmax_precision`: float32 by
///   default, float64 for float64.
/// - (C5) Q, K and V have rank 4 and fit.
/// - The function body holds scaled operands and products in the type of Q.
/// - Source: onnx/onnx docs/Operators.md, ai.onnx.preview.FlexAttention.
enum FlexAttentionEvaluator: Evaluator {
  static let name = "FlexAttention"
  static let domain = "ai.onnx.preview"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let problem = try Problem(call)
    let scores = try modified("score_mod", problem.scores(), problem, call)
    var weights: [DoubleDouble] = []
    for start in stride(from: 0, to: scores.count, by: Swift.max(problem.keys, 1)) {
      weights += problem.softmax(Array(scores[start..<(start + problem.keys)]))
    }
    weights = try modified("prob_mod", weights, problem, call)
    return [
      .composite(ExactTensor(problem.type, problem.outputShape, reals: problem.sums(weights)))
    ]
  }

  /// The values behind the subgraph of that name; themselves where there is none.
  private static func modified(
    _ name: String, _ values: [DoubleDouble], _ problem: Problem, _ call: Call
  ) throws(EvaluationError) -> [DoubleDouble] {
    guard call.node.attributes[name] != nil else { return values }
    let body = try call.graph(name)
    guard body.inputs.count == 1, body.outputs.count == 1 else {
      throw .invalid("\(name) of FlexAttention does not take and give one tensor")
    }
    let x = ExactTensor(problem.precision, problem.scoreShape, reals: values)
    let results = try call.subgraph(body, [.tensor(x)])
    guard let first = results.first, case .tensor(let tensor) = first.value,
      tensor.shape == problem.scoreShape, tensor.type == problem.precision
    else { throw .invalid("\(name) of FlexAttention changes shape or type") }
    return try tensor.reals()
  }

  /// The operands of one call.
  private struct Problem {
    let type: ElementType
    let precision: ElementType
    let queries: Int
    let keys: Int
    private let batch: Int
    private let heads: Int
    private let keyHeads: Int
    private let width: Int
    private let columns: Int
    private let q: [DoubleDouble]
    private let k: [DoubleDouble]
    private let v: [DoubleDouble]
    private let root: DoubleDouble
    private let trace: Trace

    var scoreShape: Shape { [batch, heads, queries, keys] }
    var outputShape: Shape { [batch, heads, queries, columns] }

    init(_ call: Call) throws(EvaluationError) {
      let (q, k, v) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
      guard q.rank == 4, k.rank == 4, v.rank == 4 else {
        throw .invalid("FlexAttention needs operands of rank 4")
      }
      (type, batch, heads, queries, width) = (
        q.type, q.shape[0], q.shape[1], q.shape[2], q.shape[3]
      )
      (keyHeads, keys, columns) = (k.shape[1], k.shape[2], v.shape[3])
      guard keyHeads > 0, heads % keyHeads == 0, k.shape == [batch, keyHeads, keys, width],
        v.shape == [batch, keyHeads, keys, columns]
      else { throw .invalid("FlexAttention of \(q.shape), \(k.shape) and \(v.shape)") }
      (self.q, self.k, self.v, trace) = (try q.reals(), try k.reals(), try v.reals(), call.trace)
      let fallback: ElementType = q.type == .f64 ? .f64 : .f32
      precision = try Conversion.target(
        number: try call.int("softmax_precision", default: Int(fallback.rawValue)))
      guard precision == .f32 || precision == .f64, q.type != .f64 || precision == .f64 else {
        throw .unsupported("FlexAttention of \(q.type.onnxName) with \(precision.onnxName)")
      }
      let scale =
        call.node.attributes["scale"] == nil
        ? .one / DoubleDouble.sqrt(DoubleDouble(Double(q.shape[3])))
        : DoubleDouble(try call.float("scale", default: 1))
      guard scale.high >= 0 else { throw .unsupported("FlexAttention with a negative scale") }
      root = DoubleDouble.sqrt(scale)
    }

    /// A step that the function body takes in the type of Q.
    private func narrow(_ x: DoubleDouble) -> DoubleDouble {
      trace.step(x, units: Trace.units(of: type))
    }

    func scores() -> [DoubleDouble] {
      let (left, right) = (q.map { narrow($0 * root) }, k.map { narrow($0 * root) })
      var scores: [DoubleDouble] = []
      for row in 0..<(batch * heads * queries) {
        let query = Array(left[(row * width)..<((row + 1) * width)])
        for key in 0..<keys {
          let start = (group(of: row) * keys + key) * width
          scores.append(narrow(trace.dot(query, Array(right[start..<(start + width)]))))
        }
      }
      return scores
    }

    /// The key-value head, counted over the batch, that a row of scores reads.
    private func group(of row: Int) -> Int {
      let head = row / queries
      return head / heads * keyHeads + head % heads / (heads / keyHeads)
    }

    func softmax(_ scores: [DoubleDouble]) -> [DoubleDouble] {
      let m = scores.maximum
      let e = scores.map { trace.primitive(.exp, trace.subtract($0, m)) }
      let total = trace.sum(e)
      return e.map { trace.divide($0, by: total) }
    }

    func sums(_ weights: [DoubleDouble]) -> [DoubleDouble] {
      (0..<(batch * heads * queries)).flatMap { row in
        let line = Array(weights[(row * keys)..<((row + 1) * keys)])
        return (0..<columns).map { column in
          trace.dot(line, (0..<keys).map { v[(group(of: row) * keys + $0) * columns + column] })
        }
      }
    }
  }
}
