/// A dense tensor in ONNX's own layout: little-endian codes, sub-byte types packed, or strings.
///
/// The number of bytes (or strings) always matches type and shape: initialisers refuse anything else.
package struct Tensor: Hashable, Sendable {
  package let type: ElementType
  package let shape: Shape
  /// The number of elements.
  package let count: Int
  /// Packed codes; empty for strings.
  package let bytes: [UInt8]
  /// The elements of a string tensor; empty for every other type.
  package let strings: [String]

  /// Takes packed bytes; nil when their number does not fit type and shape, or the type is string.
  package init?(type: ElementType, shape: Shape, bytes: [UInt8]) {
    guard let count = shape.elementCount, type.byteCount(of: count) == bytes.count else {
      return nil
    }
    (self.type, self.shape, self.count, self.bytes, self.strings) = (type, shape, count, bytes, [])
  }

  /// Takes strings; nil when their number does not fit the shape.
  package init?(shape: Shape, strings: [String]) {
    guard let count = shape.elementCount, count == strings.count else { return nil }
    (type, self.shape, self.count, bytes, self.strings) = (.string, shape, count, [], strings)
  }

  /// The same elements under another shape; nil when the counts differ.
  package func reshaped(_ shape: Shape) -> Tensor? {
    type == .string
      ? Tensor(shape: shape, strings: strings) : Tensor(type: type, shape: shape, bytes: bytes)
  }
}
