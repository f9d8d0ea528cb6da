package import Tensors

/// The limit on the size of one tensor; it turns an absurd shape into an error, not a dead process.
package enum Allocation {
  /// Bytes a tensor may take.
  package static let limit = 1 << 30

  /// - Throws: `outOfMemory` for an empty tensor whose other dimensions multiply to more than the
  ///   limit. Without this, sizes computed from some of its dimensions could overflow or loops over
  ///   nothing take forever.
  static func check(_ value: Value) throws(KernelError) {
    switch value {
    case .tensor(let tensor):
      guard tensor.count == 0 else { return }
      guard let size = tensor.shape.filter({ $0 > 0 }).elementCount, size <= limit else {
        throw .outOfMemory("an empty tensor of shape \(tensor.shape) is not supported")
      }
    case .sequence(let values, _), .map(_, let values, _):
      for value in values { try check(value) }
    case .optional(let content, _):
      if let content { try check(content) }
    }
  }

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
