import Tensors

/// A copy of a tensor with slices replaced by, or combined with, updates.
///
/// The last axis of the indices holds the index of a slice; negative components count from the end.
/// Updates apply in row-major order, so the last one of several to a place wins. With a reduction,
/// types of 16 bits are combined in `Float` and rounded once, integers wrap around, and NaN is kept
/// by max and min; of bool, add and max are "or", mul and min are "and".
enum ScatterNDKernel: OperatorKernel {
  static let name = "ScatterND"
  static let versions = [11, 13, 16, 18]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try Scattering.reduction(declaration.attributes, version: declaration.version)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, indices, updates) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
    guard let depth = indices.shape.last, depth <= x.shape.count else {
      throw .invalidInput(
        "indices of shape \(indices.shape) do not index a tensor of shape \(x.shape)")
    }
    let expected = Array(indices.shape.dropLast()) + Array(x.shape[depth...])
    guard updates.shape == expected else {
      throw .invalidInput("the updates have shape \(updates.shape), \(expected) is needed")
    }
    let starts = try starts(
      try indices.indexValues(of: "indices"), depth: depth, of: x.shape, updates: updates.count)
    guard updates.count > 0 else { return [.tensor(x)] }
    let scattering = Scattering(starts: starts, size: x.shape[depth...].reduce(1) { $0 * $1 })
    let reduction = try Scattering.reduction(call.attributes, version: call.version)
    return [.tensor(try scattering.tensor(x, updates, reduction))]
  }

  /// The position of the first element of each slice.
  private static func starts(
    _ indices: [Int], depth: Int, of shape: Shape, updates: Int
  ) throws(KernelError) -> [Int] {
    guard depth > 0 else {
      // Every index is the empty one, which means the whole tensor.
      let size = shape.elementCount ?? 0
      return [Int](repeating: 0, count: size == 0 ? 0 : updates / size)
    }
    let strides = shape.rowMajorStrides
    var starts: [Int] = []
    starts.reserveCapacity(indices.count / depth)
    for row in 0..<indices.count / depth {
      var start = 0
      for axis in 0..<depth {
        let (index, size) = (indices[row * depth + axis], shape[axis])
        guard index >= -size, index < size else {
          throw .invalidInput("index \(index) is outside of axis \(axis) with \(size) elements")
        }
        start += (index < 0 ? index + size : index) * strides[axis]
      }
      starts.append(start)
    }
    return starts
  }
}
