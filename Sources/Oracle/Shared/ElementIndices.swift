import Tensors

/// The elements that GatherElements reads and ScatterElements writes: an index along one axis for
/// every element of the indices, which keep their own place on the other axes.
enum ElementIndices {
  /// The position in a tensor of shape `data` that each index names, in order.
  ///
  /// - Throws: `invalid` for ranks that differ, an index outside of its axis, or indices that are
  ///   longer than the data on another axis.
  static func positions(
    _ call: Call, data: Shape, indices: ExactTensor
  ) throws(EvaluationError) -> [Int] {
    let axis = try call.axis(try call.int("axis", default: 0), rank: data.count)
    guard indices.rank == data.count,
      data.indices.allSatisfy({ $0 == axis || indices.shape[$0] <= data[$0] })
    else { throw .invalid("indices of shape \(indices.shape) for data of shape \(data)") }
    let strides = data.rowMajorStrides
    var positions: [Int] = []
    for (linear, named) in try indices.ints().enumerated() {
      var index = indices.shape.index(ofLinear: linear)
      index[axis] = try call.position(named, length: data[axis])
      positions.append(zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 })
    }
    return positions
  }
}
