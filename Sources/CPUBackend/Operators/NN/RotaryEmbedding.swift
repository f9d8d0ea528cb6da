import Tensors

/// Pairs of features turned by an angle that depends on the position.
///
///     y₁ = x₁·cos − x₂·sin,   y₂ = x₁·sin + x₂·cos
///
/// A pair is (2i, 2i + 1) when `interleaved`, else (i, i + r/2) of the first r features of a head;
/// features from r on pass unchanged. Computed in binary64 and rounded once.
enum RotaryEmbeddingKernel: OperatorKernel {
  static let name = "RotaryEmbedding"
  static let versions = [23]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let heads = try heads(call, x.shape)
    let rotated = try rotatedFeatures(call, heads)
    guard x.count > 0 else { return [.tensor(x)] }
    let angles = try angles(call, heads, rotated / 2)
    var y = try x.reals(Double.self)
    let isInterleaved = try call.flag("interleaved", default: false)
    for batch in 0..<heads.batch {
      for position in 0..<heads.sequence {
        let row = angles.rows[batch * heads.sequence + position] * (rotated / 2)
        for head in 0..<heads.count {
          let start = heads.start(batch, head, position)
          for pair in 0..<rotated / 2 {
            let first = start + (isInterleaved ? 2 * pair : pair)
            let second = first + (isInterleaved ? 1 : rotated / 2)
            let (cosine, sine) = (angles.cosines[row + pair], angles.sines[row + pair])
            let (a, b) = (y[first], y[second])
            y[first] = a * cosine - b * sine
            y[second] = a * sine + b * cosine
          }
        }
      }
    }
    return [.tensor(try .rounding(y, to: x.type, x.shape))]
  }

  /// How heads lie in the input: one axis of their own or side by side in the last axis.
  private struct Heads {
    var batch: Int
    var count: Int
    var sequence: Int
    var size: Int
    var areInLastAxis: Bool

    func start(_ batch: Int, _ head: Int, _ position: Int) -> Int {
      areInLastAxis
        ? ((batch * sequence + position) * count + head) * size
        : ((batch * count + head) * sequence + position) * size
    }
  }

  private static func heads(_ call: Call, _ shape: Shape) throws(KernelError) -> Heads {
    if shape.count == 4 {
      return Heads(
        batch: shape[0], count: shape[1], sequence: shape[2], size: shape[3],
        areInLastAxis: false)
    }
    guard shape.count == 3 else { throw .invalidInput("the input has shape \(shape)") }
    let count = try call.int("num_heads", default: 0)
    guard count >= 1 else {
      throw .invalidModel("num_heads is \(count), an input of rank 3 needs at least 1")
    }
    guard shape[2] % count == 0 else {
      throw .invalidInput("\(count) heads do not divide \(shape[2]) features")
    }
    return Heads(
      batch: shape[0], count: count, sequence: shape[1], size: shape[2] / count,
      areInLastAxis: true)
  }

  private static func rotatedFeatures(_ call: Call, _ heads: Heads) throws(KernelError) -> Int {
    let stated = try call.int("rotary_embedding_dim", default: 0)
    let rotated = stated == 0 ? heads.size : stated
    guard rotated >= 0, rotated <= heads.size, rotated % 2 == 0 else {
      throw .invalidInput("\(rotated) features of \(heads.size) cannot be turned in pairs")
    }
    return rotated
  }

  private struct Angles {
    var cosines: [Double]
    var sines: [Double]
    /// For each batch and position the row of the tables.
    var rows: [Int]
  }

  private static func angles(
    _ call: Call, _ heads: Heads, _ width: Int
  ) throws(KernelError) -> Angles {
    let (cosines, sines) = (try call.tensor(1), try call.tensor(2))
    let tokens = heads.batch * heads.sequence
    guard cosines.shape == sines.shape, cosines.shape.last == width else {
      throw .invalidInput(
        "tables of shapes \(cosines.shape) and \(sines.shape) for \(width) pairs")
    }
    var rows = Array(0..<tokens)
    if let positions = try call.optionalTensor(3) {
      guard positions.shape == [heads.batch, heads.sequence], cosines.shape.count == 2 else {
        throw .invalidInput(
          "position_ids of shape \(positions.shape), tables of shape \(cosines.shape)")
      }
      rows = positions.elements(Int64.self).map { Int($0) }
      let count = cosines.shape[0]
      for row in rows where row < 0 || row >= count {
        throw .invalidInput("position \(row) is outside of tables of \(count) rows")
      }
    } else if cosines.shape != [heads.batch, heads.sequence, width] {
      throw .invalidInput(
        "tables of shape \(cosines.shape) without position_ids, "
          + "\([heads.batch, heads.sequence, width]) is needed")
    }
    return Angles(
      cosines: try cosines.reals(Double.self), sines: try sines.reals(Double.self), rows: rows)
  }
}
