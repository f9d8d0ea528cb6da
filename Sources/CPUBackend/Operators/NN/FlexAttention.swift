import Glibc
import Tensors

/// Attention whose scores, and whose weights, a body of the model may change.
///
/// Sums are binary64. What a body sees is rounded to the type of the softmax, float32 unless the
/// operands are float64 or `softmax_precision` says otherwise.
enum FlexAttentionKernel: OperatorKernel {
  static let name = "FlexAttention"
  static let domain = "ai.onnx.preview"
  static let versions = [1]

  static func check(_ declaration: Declaration) throws(KernelError) {
    for name in ["score_mod", "prob_mod"] {
      guard let body = declaration.subgraphs[name] else { continue }
      guard body.inputCount == 1, body.outputTypes.count == 1 else {
        throw .invalidModel("\(name) must take one tensor and give one")
      }
    }
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let sizes = try Sizes(call)
    let (q, k) = (try call.tensor(0), try call.tensor(1))
    let v = try call.tensor(2).reals(Double.self)
    let type =
      try call.attributes.elementType("softmax_precision") ?? (q.type == .f64 ? .f64 : .f32)
    guard [.f16, .bf16, .f32, .f64].contains(type) else {
      throw .invalidModel("softmax_precision \(type.onnxName) is no floating-point type")
    }
    let scale = try call.attributes.float("scale").map { Double($0) }
    var rows = try products(sizes, q, k, scale ?? 1 / Double(sizes.width).squareRoot())
    try modify(&rows, "score_mod", type, sizes, call)
    normalise(&rows, sizes.keys)
    try modify(&rows, "prob_mod", type, sizes, call)
    var y = [Double](repeating: 0, count: try Allocation.count(of: sizes.output, type: .f64))
    for row in 0..<sizes.rows {
      let first = sizes.keyHead(of: row) * sizes.keys
      for key in 0..<sizes.keys {
        let weight = rows[row * sizes.keys + key]
        for column in 0..<sizes.columns {
          y[row * sizes.columns + column] += weight * v[(first + key) * sizes.columns + column]
        }
      }
    }
    return [.tensor(try .rounding(y, to: q.type, sizes.output))]
  }

  private static func products(
    _ sizes: Sizes, _ q: Tensor, _ k: Tensor, _ scale: Double
  ) throws(KernelError) -> [Double] {
    let (q, k) = (try q.reals(Double.self), try k.reals(Double.self))
    var rows: [Double] = []
    rows.reserveCapacity(try Allocation.count(of: sizes.scores, type: .f64))
    for row in 0..<sizes.rows {
      for key in 0..<sizes.keys {
        let other = (sizes.keyHead(of: row) * sizes.keys + key) * sizes.width
        var sum = 0.0
        for feature in 0..<sizes.width {
          sum += q[row * sizes.width + feature] * k[other + feature]
        }
        rows.append(sum * scale)
      }
    }
    return rows
  }

  private static func modify(
    _ rows: inout [Double], _ name: String, _ type: ElementType, _ sizes: Sizes, _ call: Call
  ) throws(KernelError) {
    guard call.attributes.has(name) else { return }
    let x = try Tensor.rounding(rows, to: type, sizes.scores)
    guard let result = try call.subgraph(name).run([.tensor(x)]).first?.tensor,
      result.type == type, result.shape == sizes.scores
    else { throw .invalidInput("\(name) does not keep the type or the shape of its input") }
    rows = try result.reals(Double.self)
  }

  private static func normalise(_ rows: inout [Double], _ keys: Int) {
    guard keys > 0 else { return }
    for row in 0..<rows.count / keys {
      let range = row * keys..<(row + 1) * keys
      let greatest = rows[range].reduce(-.infinity) { $0.isNaN || $1.isNaN ? .nan : max($0, $1) }
      var sum = 0.0
      for index in range {
        rows[index] = exp(rows[index] - greatest)
        sum += rows[index]
      }
      for index in range { rows[index] /= sum }
    }
  }

  private struct Sizes {
    let scores: Shape
    let output: Shape
    let keys: Int
    let width: Int
    let columns: Int
    /// Rows of scores.
    let rows: Int
    private let heads: Int
    private let keyHeads: Int
    private let queries: Int

    init(_ call: Call) throws(KernelError) {
      let (q, k, v) = (
        try call.tensor(0).shape, try call.tensor(1).shape, try call.tensor(2).shape
      )
      guard q.count == 4, k.count == 4, v.count == 4, k[1] > 0, q[1] % k[1] == 0,
        k[0] == q[0], k[3] == q[3], v[0] == q[0], v[1] == k[1], v[2] == k[2]
      else { throw .invalidInput("Q, K and V of shapes \(q), \(k) and \(v)") }
      (heads, keyHeads, queries) = (q[1], k[1], q[2])
      (keys, width, columns) = (k[2], q[3], v[3])
      (scores, output) = ([q[0], q[1], q[2], k[2]], [q[0], q[1], q[2], v[3]])
      rows = try Allocation.count(of: [q[0], q[1], q[2]], type: .f64)
    }

    /// The key head, counted over the batch, of a row of scores.
    func keyHead(of row: Int) -> Int {
      let head = row / queries
      return head / heads * keyHeads + head % heads / (heads / keyHeads)
    }
  }
}
