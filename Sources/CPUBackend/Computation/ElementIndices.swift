package import Tensors

/// Indices along one axis for single elements, as GatherElements and ScatterElements take them.
package enum ElementIndices {
  /// The position in a tensor of shape `data` of each index; on the other axes an index has its own
  /// place.
  ///
  /// - Throws: `invalidInput` unless ranks agree, indices lie inside, and no other axis of the
  ///   indices is longer than the data's.
  package static func positions(
    _ indices: Tensor, axis: Int, of data: Shape
  ) throws(KernelError) -> [Int] {
    let axis = try Axes.normalised(axis, rank: data.count)
    guard indices.shape.count == data.count else {
      throw .invalidInput("indices of rank \(indices.shape.count) for rank \(data.count)")
    }
    for (other, size) in data.enumerated() where other != axis && indices.shape[other] > size {
      throw .invalidInput("indices of shape \(indices.shape) for shape \(data)")
    }
    let size = data[axis]
    var strides = data.rowMajorStrides
    let step = strides[axis]
    strides[axis] = 0
    let starts = StridedView(shape: indices.shape, strides: strides).positions
    var positions: [Int] = []
    positions.reserveCapacity(starts.count)
    for (start, index) in zip(starts, try indices.flatIndices(of: "indices")) {
      guard index >= -size, index < size else {
        throw .invalidInput("index \(index) is outside of \(size) elements")
      }
      positions.append(start + (index < 0 ? index + size : index) * step)
    }
    return positions
  }
}

extension Tensor {
  /// The values of an index tensor of any rank.
  fileprivate func flatIndices(of input: String) throws(KernelError) -> [Int] {
    try under([count]).indexValues(of: input)
  }
}
