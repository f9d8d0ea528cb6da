import Tensors

/// Slices picked by tuples of indices, which the last axis of the indices holds.
///
/// The first `batch_dims` axes of both inputs go along with each other.
enum GatherNDKernel: OperatorKernel {
  static let name = "GatherND"
  static let versions = [11, 12, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, indices) = (try call.tensor(0), try call.tensor(1))
    let batch = try call.int("batch_dims", default: 0)
    guard let depth = indices.shape.last, depth > 0, batch >= 0, batch < indices.shape.count,
      depth <= x.shape.count - batch, indices.shape[..<batch] == x.shape[..<batch]
    else {
      throw .invalidInput("indices of shape \(indices.shape) for shape \(x.shape)")
    }
    let outer = Array(indices.shape.dropLast())
    let shape = outer + Array(x.shape[(batch + depth)...])
    _ = try Allocation.count(of: shape, type: .i64)
    let values = try indices.under([indices.count]).indexValues(of: "indices")
    let strides = x.shape.rowMajorStrides
    // Axes of the indices behind the batch do not move through the data by themselves.
    let batchStrides = outer.indices.map { $0 < batch ? strides[$0] : 0 }
    let starts = StridedView(shape: outer, strides: batchStrides).positions
    let size = x.shape[(batch + depth)...].reduce(1) { $0 &* $1 }
    var positions: [Int] = []
    for (row, first) in starts.enumerated() {
      var start = first
      for part in 0..<depth {
        let (index, length) = (values[row * depth + part], x.shape[batch + part])
        guard index >= -length, index < length else {
          throw .invalidInput("index \(index) is outside of \(length) slices")
        }
        start += (index < 0 ? index + length : index) * strides[batch + part]
      }
      positions.append(contentsOf: start..<start + size)
    }
    return [.tensor(try Selection(positions).tensor(of: x, shape: shape))]
  }
}
