import Tensors

/// Which scale and zero point belong to which element of a quantised tensor: one for all, one for
/// each slice along an axis, or one for each block of neighbours along an axis.
struct ScaleGrid {
  private let outer: Int
  private let length: Int
  private let inner: Int
  /// Elements of a block along the axis; 0 when there are no blocks.
  private let block: Int
  /// Blocks along the axis.
  private let groups: Int

  /// Requires shapes of tensors.
  ///
  /// - Throws: `invalidInput` when the scale's shape does not fit, `invalidModel` for a negative
  ///   block size.
  init(_ x: Shape, scale: Shape, axis: Int, blockSize: Int) throws(KernelError) {
    guard blockSize >= 0 else {
      throw .invalidModel("attribute block_size is \(blockSize), it must not be negative")
    }
    if blockSize == 0, scale.count <= 1, scale.elementCount == 1 {
      (outer, length, inner, block, groups) = (1, 1, x.elementCount ?? 0, 0, 1)
      return
    }
    let axis = try Axes.normalised(axis, rank: x.count)
    var expected = x
    if blockSize > 0 {
      // The same as rounding the quotient up, without overflow for a huge block size.
      groups = x[axis] / blockSize + (x[axis] % blockSize == 0 ? 0 : 1)
      expected[axis] = groups
    } else {
      groups = x[axis]
      expected = [groups]
    }
    guard scale == expected else {
      throw .invalidInput("the scale has shape \(scale), shape \(expected) is needed")
    }
    let isEmpty = x.contains(0)
    outer = isEmpty ? 0 : x[..<axis].reduce(1) { $0 * $1 }
    inner = isEmpty ? 0 : x[(axis + 1)...].reduce(1) { $0 * $1 }
    length = x[axis]
    block = blockSize
  }

  /// Visits every element in row-major order with the position of its scale.
  @inline(__always)
  func forEach(_ body: (_ element: Int, _ scale: Int) -> Void) {
    for row in 0..<outer {
      for step in 0..<length {
        let start = (row * length + step) * inner
        guard block > 0 else {
          for index in start..<start + inner { body(index, step) }
          continue
        }
        let first = (row * groups + step / block) * inner
        for index in 0..<inner { body(start + index, first + index) }
      }
    }
  }

  /// - Throws: `invalidInput` unless the zero point has the scale's shape; one element is one
  ///   element in every shape of rank 0 or 1.
  static func check(zeroPoint: Tensor?, scale: Tensor) throws(KernelError) {
    guard let zero = zeroPoint, zero.shape != scale.shape else { return }
    guard zero.count == 1, scale.count == 1, zero.shape.count <= 1, scale.shape.count <= 1 else {
      throw .invalidInput(
        "the zero point has shape \(zero.shape), the scale has shape \(scale.shape)")
    }
  }
}
