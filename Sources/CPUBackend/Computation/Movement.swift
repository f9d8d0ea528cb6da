package import Tensors

/// A rearrangement of elements that does not look at their values.
///
/// Written once over an opaque unit, it serves every element type: fixed-width codes, complex
/// numbers, sub-byte types (one element a byte while they move) and strings.
package protocol Movement {
  /// Writes every element of the target that is not meant to stay zero (or the empty string).
  ///
  /// Indices are the implementation's duty; the buffers do not check them in release builds.
  func move<Unit>(
    _ sources: [UnsafeBufferPointer<Unit>], to target: UnsafeMutableBufferPointer<Unit>)
}

extension Movement {
  /// Moves elements of tensors of one type into a new tensor of that type.
  ///
  /// - Throws: `outOfMemory` for a result that is too large, `invalidInput` when types differ.
  package func tensor(
    of sources: [Tensor], shape: Shape
  ) throws(KernelError) -> Tensor {
    guard let type = sources.first?.type, sources.allSatisfy({ $0.type == type }) else {
      throw .invalidInput("the tensors have different element types")
    }
    let count = try Allocation.count(of: shape, type: type)
    switch type.bitWidth {
    case 0:
      return try .of(strings: moving(sources.map(\.strings), count: count, empty: ""), shape)
    case 8: return try fixedWidth(sources, type, shape, as: UInt8.self)
    case 16: return try fixedWidth(sources, type, shape, as: UInt16.self)
    case 32: return try fixedWidth(sources, type, shape, as: UInt32.self)
    case 64: return try fixedWidth(sources, type, shape, as: UInt64.self)
    case 128: return try fixedWidth(sources, type, shape, as: SIMD2<UInt64>.self)
    default:
      return try .packing(
        moving(sources.map(\.unpackedBytes), count: count, empty: 0), as: type, shape)
    }
  }

  private func fixedWidth<Unit: BitwiseCopyable>(
    _ sources: [Tensor], _ type: ElementType, _ shape: Shape, as _: Unit.Type
  ) throws(KernelError) -> Tensor {
    try Tensor.filling(type, shape, as: Unit.self) { target in
      Self.lend(sources.map(\.bytes), [], as: Unit.self) { move($0, to: target) }
    }
  }

  /// Lends all byte arrays at once, one nested call for each.
  private static func lend<Unit>(
    _ arrays: [[UInt8]], _ lent: [UnsafeBufferPointer<Unit>], as _: Unit.Type,
    _ body: ([UnsafeBufferPointer<Unit>]) -> Void
  ) {
    guard lent.count < arrays.count else { return body(lent) }
    arrays[lent.count].withUnsafeBytes {
      lend(arrays, lent + [$0.bindMemory(to: Unit.self)], as: Unit.self, body)
    }
  }

  private func moving<Unit>(_ sources: [[Unit]], count: Int, empty: Unit) -> [Unit] {
    var target = [Unit](repeating: empty, count: count)
    func lend(_ lent: [UnsafeBufferPointer<Unit>]) {
      guard lent.count < sources.count else {
        return target.withUnsafeMutableBufferPointer { move(lent, to: $0) }
      }
      sources[lent.count].withUnsafeBufferPointer { lend(lent + [$0]) }
    }
    lend([])
    return target
  }
}
