package import Tensors

/// The limit on the size of one tensor; it turns an absurd shape into an error, not a dead process.
package enum Allocation {
  /// Bytes a tensor may take.
  package static let limit = 1 << 31

  /// The number of elements of a shape that may be allocated.
  ///
  /// - Throws: `outOfMemory` when the tensor is larger than the limit, `invalidInput` when a
  ///   dimension is negative.
  package static func count(
    of shape: Shape, type: ElementType
  ) throws(KernelError) -> Int {
    guard shape.allSatisfy({ $0 >= 0 }) else {
      throw .invalidInput("shape \(shape) has a negative dimension")
    }
    let width = type == .string ? MemoryLayout<String>.size * 8 : type.bitWidth
    // Sub-byte types are moved one element a byte, so that is what they are charged.
    guard let count = shape.elementCount, count <= limit / max(width / 8, 1) else {
      throw .outOfMemory("a tensor of shape \(shape) is larger than \(limit) bytes")
    }
    return count
  }
}
