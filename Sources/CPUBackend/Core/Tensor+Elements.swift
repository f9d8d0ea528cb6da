package import Tensors

extension Tensor {
  /// Lends the elements as values of a type with the width of the element type.
  ///
  /// Requires an element type of exactly that width and native byte order, which is little-endian
  /// on every platform this backend is built for.
  package func withElements<Element: BitwiseCopyable, Result>(
    _: Element.Type, _ body: (UnsafeBufferPointer<Element>) -> Result
  ) -> Result {
    bytes.withUnsafeBytes { body($0.bindMemory(to: Element.self)) }
  }

  /// A tensor whose elements the body writes; they start as zero bits.
  ///
  /// - Throws: `outOfMemory` when the tensor is too large.
  package static func filling<Element: BitwiseCopyable>(
    _ type: ElementType, _ shape: Shape, as _: Element.Type,
    _ body: (UnsafeMutableBufferPointer<Element>) -> Void
  ) throws(KernelError) -> Tensor {
    let count = try Allocation.count(of: shape, type: type)
    let size = count * MemoryLayout<Element>.stride
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialised in
      buffer.initialize(repeating: 0)
      if size > 0 {
        body(UnsafeMutableRawBufferPointer(buffer).bindMemory(to: Element.self))
      }
      initialised = size
    }
    guard let tensor = Tensor(type: type, shape: shape, bytes: bytes) else {
      throw .internalError("\(size) bytes for \(type.name) of shape \(shape)")
    }
    return tensor
  }

  /// A tensor of fixed-width elements.
  package static func of<Element: BitwiseCopyable>(
    _ type: ElementType, _ shape: Shape, _ values: [Element]
  ) throws(KernelError) -> Tensor {
    guard shape.elementCount == values.count else {
      throw .internalError("\(values.count) elements for shape \(shape)")
    }
    return try filling(type, shape, as: Element.self) { target in
      values.withUnsafeBufferPointer { _ = target.update(from: $0) }
    }
  }

  /// A string tensor.
  package static func of(
    strings: [String], _ shape: Shape
  ) throws(KernelError) -> Tensor {
    guard let tensor = Tensor(shape: shape, strings: strings) else {
      throw .internalError("\(strings.count) strings for shape \(shape)")
    }
    return tensor
  }

  /// The same elements under another shape of the same count.
  package func under(_ shape: Shape) throws(KernelError) -> Tensor {
    guard let tensor = reshaped(shape) else {
      throw .invalidInput("\(count) elements do not fit shape \(shape)")
    }
    return tensor
  }

  /// The elements of a tensor of fixed-width elements.
  package func elements<Element: BitwiseCopyable>(_: Element.Type) -> [Element] {
    withElements(Element.self) { Array($0) }
  }

  /// The values of an index tensor (i32 or i64, rank 0 or 1).
  ///
  /// - Throws: `invalidInput` naming the input for any other type.
  package func indexValues(of input: String) throws(KernelError) -> [Int] {
    switch type {
    case .i64: return elements(Int64.self).map { Int($0) }
    case .i32: return elements(Int32.self).map { Int($0) }
    default: throw .invalidInput("\(input) is \(type.onnxName), int32 or int64 is needed")
    }
  }
}
