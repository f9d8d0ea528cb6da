import Tensors

/// Scaled dot-product attention.
///
///     s = scale · Q·Kᵀ  →  s = c·tanh(s/c) with softcap c  →  s + mask  →  y = softmax(s) · V
///
/// Every step is available as `qk_matmul_output` (mode 0 … 3). The products are summed in `Float`
/// (`Double` for float64), the rows of scores between them are binary64. A key that a query does
/// not attend to has no influence on it, even if it or its value is NaN; a query without any key
/// has the result 0.
enum AttentionKernel: OperatorKernel {
  static let name = "Attention"
  static let versions = [23, 24, 25]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let geometry = try AttentionGeometry(call)
    let (q, k, v) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
    let keys = try geometry.appending(
      try geometry.byHeads(k, heads: geometry.keyHeads), to: try call.optionalTensor(4))
    let values = try geometry.appending(
      try geometry.byHeads(v, heads: geometry.keyHeads), to: try call.optionalTensor(5))
    let operands = Operands(
      queries: try geometry.byHeads(q, heads: geometry.queryHeads), keys: keys, values: values)
    let rows = try AttentionRows(call, geometry, type: q.type)
    let isWide = q.type == .f64 || v.type == .f64
    let results =
      try isWide
      ? attend(call, geometry, rows, operands, as: Double.self)
      : attend(call, geometry, rows, operands, as: Float.self)
    let y = try geometry.arranged(results.y)
    return [.tensor(y), .tensor(keys), .tensor(values)] + results.scores.map { .tensor($0) }
  }

  /// All of shape (batch, heads, length, features).
  private struct Operands {
    var queries: Tensor
    var keys: Tensor
    var values: Tensor
  }

  /// The result and, if the model uses it, `qk_matmul_output`.
  private static func attend<Number: Real & GemmElement>(
    _ call: Call, _ geometry: AttentionGeometry, _ rows: AttentionRows, _ operands: Operands,
    as _: Number.Type
  ) throws(KernelError) -> (y: Tensor, scores: [Tensor]) {
    let type = operands.queries.type
    let shape = [
      geometry.batch, geometry.queryHeads, geometry.queryLength, geometry.valueSize,
    ]
    var y = [Number](
      repeating: 0, count: try Allocation.count(of: shape, type: .f64))
    let isScoreWanted = call.wants(3)
    let scoreCount =
      try isScoreWanted ? Allocation.count(of: geometry.scoreShape, type: .f64) : 0
    var scores = [Number](repeating: 0, count: scoreCount)
    let heads = AttentionHeads(
      geometry: geometry, rows: rows, queries: try operands.queries.reals(Number.self),
      keys: try operands.keys.reals(Number.self), values: try operands.values.reals(Number.self))
    y.withUnsafeMutableBufferPointer { y in
      scores.withUnsafeMutableBufferPointer { scores in
        guard !y.isEmpty || !scores.isEmpty else { return }
        let pool = call.resources.pool
        pool.parallelFor(count: geometry.batch * geometry.queryHeads, grain: 1) { range in
          for index in range {
            heads.attend(index, y, isScoreWanted ? scores : nil, pool)
          }
        }
      }
    }
    let result = try Tensor.rounding(y, to: type, shape)
    guard isScoreWanted else { return (result, []) }
    return (result, [try .rounding(scores, to: type, geometry.scoreShape)])
  }
}
