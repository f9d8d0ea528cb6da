import NumericFormats
package import Tensors

extension Tensor {
  /// The values of a floating-point tensor in a type that operators compute in.
  ///
  /// Exact, except for float64 as `Float`, which no operator asks for.
  /// - Throws: `unsupported` for a type that is not floating-point.
  package func reals<Number: Real>(_: Number.Type) throws(KernelError) -> [Number] {
    switch type {
    case .f32: return convert(Float.self) { Number($0) }
    case .f64: return convert(Double.self) { Number($0) }
    case .bf16: return convert(UInt16.self) { Number(Float(bitPattern: UInt32($0) << 16)) }
    default: break
    }
    guard let format = type.floatFormat else {
      throw .unsupported(.type, "\(type.onnxName) is not a floating-point type")
    }
    if type == .f16 { return convert(UInt16.self) { Number(Float(Float16(bitPattern: $0))) } }
    // Every remaining format has at most 256 codes.
    let table = (0..<256).map { Number(format.decode(UInt64($0))) }
    return unpackedBytes.map { table[Int($0)] }
  }

  private func convert<Element: BitwiseCopyable, Number>(
    _: Element.Type, _ body: (Element) -> Number
  ) -> [Number] {
    withElements(Element.self) { $0.map(body) }
  }

  /// Rounds values once to a floating-point type.
  ///
  /// - Throws: `unsupported` for a type that is not floating-point.
  package static func rounding<Number: Real>(
    _ values: [Number], to type: ElementType, _ shape: Shape
  ) throws(KernelError) -> Tensor {
    switch type {
    case .f32: return try converting(values, to: type, shape) { $0.single }
    case .f64: return try converting(values, to: type, shape) { $0.double }
    case .f16: return try converting(values, to: type, shape) { $0.half.bitPattern }
    case .bf16: return try converting(values, to: type, shape) { $0.bfloat16Code }
    default: break
    }
    guard let format = type.floatFormat else {
      throw .unsupported(.type, "\(type.onnxName) is not a floating-point type")
    }
    let codes = values.map { UInt8(truncatingIfNeeded: format.encode($0.double)) }
    return try packing(codes, as: type, shape)
  }

  private static func converting<Number, Element: BitwiseCopyable>(
    _ values: [Number], to type: ElementType, _ shape: Shape, _ body: (Number) -> Element
  ) throws(KernelError) -> Tensor {
    guard shape.elementCount == values.count else {
      throw .internalError("\(values.count) elements for shape \(shape)")
    }
    return try filling(type, shape, as: Element.self) { target in
      for index in values.indices { target[index] = body(values[index]) }
    }
  }

  /// Packs one code a byte into the layout of the type (at most 8 bits wide).
  package static func packing(
    _ codes: [UInt8], as type: ElementType, _ shape: Shape
  ) throws(KernelError) -> Tensor {
    let width = type.bitWidth
    guard (1...8).contains(width) else {
      throw .internalError("\(type.onnxName) is not packed from bytes")
    }
    let bytes = width == 8 ? codes : PackedBits.pack(codes, bitWidth: width)
    guard let tensor = Tensor(type: type, shape: shape, bytes: bytes) else {
      throw .internalError("\(codes.count) codes for \(type.name) of shape \(shape)")
    }
    return tensor
  }

  /// One code a byte of a type of at most 8 bits.
  package var unpackedBytes: [UInt8] {
    let width = type.bitWidth
    guard (1..<8).contains(width) else { return bytes }
    return PackedBits.unpack(bytes, bitWidth: width, count: count) ?? []
  }
}
