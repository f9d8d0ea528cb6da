import Tensors

/// Tensors one after the other along an axis; all other dimensions must agree.
enum ConcatKernel: OperatorKernel {
  static let name = "Concat"
  static let versions = [4, 11, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let tensors = try call.tensors()
    return [.tensor(try concatenated(tensors, axis: try call.int("axis", default: 0)))]
  }

  /// The tensors one after the other along an axis.
  ///
  /// - Throws: `invalidInput` when there are none, the axis is outside the rank, or types or other
  ///   dimensions differ.
  static func concatenated(_ tensors: [Tensor], axis: Int) throws(KernelError) -> Tensor {
    guard var shape = tensors.first?.shape else { throw .invalidInput("there are no inputs") }
    let axis = try Axes.normalised(axis, rank: shape.count)
    var total = 0
    for tensor in tensors {
      var other = tensor.shape
      guard other.count == shape.count else {
        throw .invalidInput("shapes \(shape) and \(other) have different ranks")
      }
      total += other[axis]
      other[axis] = shape[axis]
      guard other == shape else {
        throw .invalidInput("shapes \(shape) and \(tensor.shape) differ off axis \(axis)")
      }
    }
    shape[axis] = total
    let inner = shape[(axis + 1)...].reduce(1) { $0 &* $1 }
    let blocks = Blocks(
      outer: shape[..<axis].reduce(1) { $0 &* $1 }, sizes: tensors.map { $0.shape[axis] &* inner })
    return try blocks.tensor(of: tensors, shape: shape)
  }

  /// Copies one block of each source in turn.
  private struct Blocks: Movement {
    let outer: Int
    /// Elements of a block of each source.
    let sizes: [Int]

    func move<Unit>(
      _ sources: [UnsafeBufferPointer<Unit>], to target: UnsafeMutableBufferPointer<Unit>
    ) {
      var next = 0
      for block in 0..<outer {
        for (source, size) in zip(sources, sizes) {
          for index in 0..<size { target[next + index] = source[block * size + index] }
          next += size
        }
      }
    }
  }
}
