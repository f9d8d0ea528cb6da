package import Tensors

/// The sizes of one attention call and the way its operands lie in memory.
package struct AttentionGeometry: Sendable {
  package let batch: Int
  package let queryHeads: Int
  /// Heads of keys and values; every one serves `queryHeads / keyHeads` neighbouring query heads.
  package let keyHeads: Int
  package let queryLength: Int
  /// Keys before this call's own, from the cache.
  package let pastLength: Int
  /// This call's own keys.
  package let newLength: Int
  /// Features of a query and a key.
  package let size: Int
  /// Features of a value.
  package let valueSize: Int
  /// Whether heads lie side by side in the last of three axes.
  package let areHeadsInLastAxis: Bool

  /// Keys of the cache and this call together.
  package var totalLength: Int { pastLength + newLength }

  /// Shape of the scores.
  package var scoreShape: Shape { [batch, queryHeads, queryLength, totalLength] }

  /// - Throws: `invalidModel` for attributes, `invalidInput` for shapes that do not fit.
  package init(_ call: Call) throws(KernelError) {
    let shapes = [
      try call.tensor(0).shape, try call.tensor(1).shape, try call.tensor(2).shape,
    ]
    let rank = shapes[0].count
    guard rank == 3 || rank == 4, shapes.allSatisfy({ $0.count == rank }) else {
      throw .invalidInput("Q, K and V have shapes \(shapes), all of rank 3 or 4 are needed")
    }
    areHeadsInLastAxis = rank == 3
    let heads =
      try rank == 3 ? Self.statedHeads(call) : (query: shapes[0][1], key: shapes[1][1])
    let q = try Self.split(shapes[0], heads: heads.query)
    let k = try Self.split(shapes[1], heads: heads.key)
    let v = try Self.split(shapes[2], heads: heads.key)
    guard k[0] == q[0], v[0] == q[0], v[1] == k[1], v[2] == k[2], k[3] == q[3] else {
      throw .invalidInput("Q, K and V of shapes \(shapes) do not fit")
    }
    guard k[1] > 0 ? q[1] % k[1] == 0 : q[1] == 0 else {
      throw .invalidInput("\(q[1]) query heads share \(k[1]) key heads")
    }
    (batch, queryHeads, queryLength, size) = (q[0], q[1], q[2], q[3])
    (keyHeads, newLength, valueSize) = (k[1], k[2], v[3])
    pastLength = try Self.pastLength(call, k, v)
    // The scores of one head are kept at a time.
    _ = try Allocation.count(of: [queryLength, totalLength], type: .f64)
  }

  private static func statedHeads(
    _ call: Call
  ) throws(KernelError) -> (query: Int, key: Int) {
    let query = try call.int("q_num_heads", default: 0)
    let key = try call.int("kv_num_heads", default: 0)
    guard query >= 1, key >= 1 else {
      throw .invalidModel("inputs of rank 3 need q_num_heads and kv_num_heads of at least 1")
    }
    return (query, key)
  }

  /// The shape (batch, heads, length, features).
  private static func split(_ shape: Shape, heads: Int) throws(KernelError) -> Shape {
    guard shape.count == 3 else { return shape }
    guard shape[2] % heads == 0 else {
      throw .invalidInput("\(heads) heads do not divide \(shape[2]) features")
    }
    return [shape[0], heads, shape[1], shape[2] / heads]
  }

  private static func pastLength(
    _ call: Call, _ k: Shape, _ v: Shape
  ) throws(KernelError) -> Int {
    let (key, value) = (try call.optionalTensor(4), try call.optionalTensor(5))
    guard let key, let value else {
      guard key == nil, value == nil else {
        throw .invalidInput("past_key and past_value are given together or not at all")
      }
      return 0
    }
    guard key.shape.count == 4, value.shape.count == 4, key.shape[2] <= WindowAxis.limit,
      key.shape == [k[0], k[1], key.shape[2], k[3]],
      value.shape == [v[0], v[1], key.shape[2], v[3]]
    else {
      throw .invalidInput(
        "past_key \(key.shape) and past_value \(value.shape) do not fit K \(k) and V \(v)")
    }
    return key.shape[2]
  }

  /// An operand as (batch, heads, length, features).
  package func byHeads(_ tensor: Tensor, heads: Int) throws(KernelError) -> Tensor {
    guard areHeadsInLastAxis else { return tensor }
    let shape = tensor.shape
    let split = [shape[0], shape[1], heads, shape[2] / max(1, heads)]
    return try StridedView(split, permutation: [0, 2, 1, 3]).tensor(of: try tensor.under(split))
  }

  /// The result from (batch, heads, length, features) in the arrangement of the inputs.
  package func arranged(_ tensor: Tensor) throws(KernelError) -> Tensor {
    guard areHeadsInLastAxis else { return tensor }
    let turned = try StridedView(tensor.shape, permutation: [0, 2, 1, 3]).tensor(of: tensor)
    return try turned.under([batch, queryLength, queryHeads * valueSize])
  }

  /// The cache with this call's own keys or values behind it.
  package func appending(
    _ new: Tensor, to past: Tensor?
  ) throws(KernelError) -> Tensor {
    guard let past else { return new }
    let shape = [batch, keyHeads, totalLength, new.shape[3]]
    return try BlockJoin(
      first: past.shape[2] * past.shape[3], second: new.shape[2] * new.shape[3]
    ).tensor(of: [past, new], shape: shape)
  }
}

/// Blocks of two tensors in turn.
private struct BlockJoin: Movement {
  /// Elements of a block of the first tensor.
  var first: Int
  /// Elements of a block of the second tensor.
  var second: Int

  func move<Unit>(
    _ sources: [UnsafeBufferPointer<Unit>], to target: UnsafeMutableBufferPointer<Unit>
  ) {
    let block = first + second
    guard block > 0 else { return }
    for part in 0..<target.count / block {
      let start = part * block
      for index in 0..<first { target[start + index] = sources[0][part * first + index] }
      for index in 0..<second { target[start + first + index] = sources[1][part * second + index] }
    }
  }
}
