import Tensors

/// Which keys a query attends to and what is added to their scores.
///
/// Keys are excluded by `attn_mask` (false or −Inf), by `is_causal`, by the window of version 25 and
/// by `nonpad_kv_seqlen`. Query i stands at position `offset + i` among the keys, where offset is the
/// length of the cache, or with `nonpad_kv_seqlen` the valid keys less the queries.
package struct AttentionMask: Sendable {
  private let geometry: AttentionGeometry
  /// Numbers to add, −Inf for excluded keys; nil without a mask.
  private let biases: [Double]?
  /// Strides of the mask along batch, heads and queries.
  private let strides: [Int]
  /// Keys the mask covers; those behind are excluded.
  private let width: Int
  private let isCausal: Bool
  /// Keys that a query reaches back; nil without limit.
  private let left: Int?
  /// Keys that a query reaches ahead; nil without limit.
  private let right: Int?
  /// Valid keys of each batch element; nil when all are valid.
  private let valid: [Int]?

  /// - Throws: `invalidModel` for a window, `invalidInput` for a mask or lengths that do not fit.
  package init(_ call: Call, _ geometry: AttentionGeometry) throws(KernelError) {
    self.geometry = geometry
    isCausal = try call.flag("is_causal", default: false)
    left = try Self.window(call, "left_window_size")
    right = try Self.window(call, "right_window_size")
    valid = try Self.validLengths(call, geometry)
    guard let mask = try call.optionalTensor(3) else {
      (biases, strides, width) = (nil, [0, 0, 0], geometry.totalLength)
      return
    }
    let shape = mask.shape
    let outer = Array(shape.dropLast())
    let covered = Array(geometry.scoreShape.dropLast())
    guard let last = shape.last, shape.count <= 4, last <= geometry.totalLength,
      covered.broadcast(with: outer) == covered
    else {
      throw .invalidInput("a mask of shape \(shape) for scores of \(geometry.scoreShape)")
    }
    width = last
    strides = StridedView(broadcasting: outer, to: covered).strides.map { $0 * last }
    biases = try Self.biases(mask)
  }

  private static func window(_ call: Call, _ name: String) throws(KernelError) -> Int? {
    let size = try call.int(name, default: -1)
    guard size >= -1 else { throw .invalidModel("\(name) is \(size), it must be at least -1") }
    return size == -1 ? nil : min(size, WindowAxis.limit)
  }

  private static func validLengths(
    _ call: Call, _ geometry: AttentionGeometry
  ) throws(KernelError) -> [Int]? {
    guard let tensor = try call.optionalTensor(6) else { return nil }
    guard tensor.shape == [geometry.batch] else {
      throw .invalidInput(
        "nonpad_kv_seqlen has shape \(tensor.shape) for \(geometry.batch) batch elements")
    }
    let lengths = try tensor.indexValues(of: "nonpad_kv_seqlen")
    for length in lengths where !(0...geometry.totalLength).contains(length) {
      throw .invalidInput("nonpad_kv_seqlen has \(length) of \(geometry.totalLength) keys")
    }
    return lengths
  }

  private static func biases(_ mask: Tensor) throws(KernelError) -> [Double] {
    if mask.type == .bool { return mask.bytes.map { $0 == 0 ? -.infinity : 0 } }
    if let integers = mask.integers { return integers.map { Double($0) } }
    return try mask.reals(Double.self)
  }

  /// Adds the mask to the scores of one query; excluded keys become −Inf, whatever they were.
  package func apply(
    to scores: UnsafeMutableBufferPointer<Double>, batch: Int, head: Int, query: Int
  ) {
    let allowed = range(batch: batch, query: query)
    let row = batch * strides[0] + head * strides[1] + query * strides[2]
    for key in scores.indices {
      guard allowed.contains(key), key < width else {
        scores[key] = -.infinity
        continue
      }
      guard let bias = biases?[row + key] else { continue }
      scores[key] = bias == -.infinity ? bias : scores[key] + bias
    }
  }

  private func range(batch: Int, query: Int) -> Range<Int> {
    let count = valid?[batch] ?? geometry.totalLength
    var offset = geometry.pastLength
    if offset == 0, let valid { offset = valid[batch] - geometry.queryLength }
    let position = offset + query
    var last = count - 1
    if isCausal { last = min(last, position) }
    if let right { last = min(last, position + right) }
    let first = left.map { max(0, position - $0) } ?? 0
    return first <= last ? first..<last + 1 : 0..<0
  }
}
