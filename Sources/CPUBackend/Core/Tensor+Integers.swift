package import Tensors

extension Tensor {
  /// The values of an integer or bool tensor; unsigned 64-bit ones as bit patterns, bool as 0 or 1.
  ///
  /// Empty for other types.
  package var wideIntegers: [Int64] {
    switch type {
    case .i8: withElements(Int8.self) { $0.map { Int64($0) } }
    case .i16: withElements(Int16.self) { $0.map { Int64($0) } }
    case .i32: withElements(Int32.self) { $0.map { Int64($0) } }
    case .i64, .u64: elements(Int64.self)
    case .u8: bytes.map { Int64($0) }
    case .u16: withElements(UInt16.self) { $0.map { Int64($0) } }
    case .u32: withElements(UInt32.self) { $0.map { Int64($0) } }
    case .bool: bytes.map { $0 == 0 ? 0 : 1 }
    case .u2, .u4: unpackedBytes.map { Int64($0) }
    case .i2, .i4: signedNarrow
    default: []
    }
  }

  private var signedNarrow: [Int64] {
    let shift = Int64(64 - type.bitWidth)
    return unpackedBytes.map { (Int64($0) << shift) >> shift }
  }

  /// Keeps the low bits of each value.
  ///
  /// - Throws: `unsupported` for a type that is no integer.
  package static func wrapping(
    _ values: [Int64], to type: ElementType, _ shape: Shape
  ) throws(KernelError) -> Tensor {
    switch type {
    case .i8, .u8: return try .of(type, shape, values.map { UInt8(truncatingIfNeeded: $0) })
    case .i16, .u16: return try .of(type, shape, values.map { UInt16(truncatingIfNeeded: $0) })
    case .i32, .u32: return try .of(type, shape, values.map { UInt32(truncatingIfNeeded: $0) })
    case .i64, .u64: return try .of(type, shape, values)
    case .i2, .u2, .i4, .u4:
      let mask = UInt8(1 << type.bitWidth) - 1
      return try .packing(
        values.map { UInt8(truncatingIfNeeded: $0) & mask }, as: type, shape)
    default: throw .unsupported(.type, "\(type.onnxName) is not an integer type")
    }
  }
}
