import NumericFormats

extension Tensor {
  /// Builds a tensor from one code per element (low bits used); nil when the count does not fit.
  ///
  /// Complex types are not expressible this way; use bytes.
  package init?(type: ElementType, shape: Shape, codes: [UInt64]) {
    guard let count = shape.elementCount, count == codes.count else { return nil }
    let width = type.bitWidth
    switch width {
    case 2, 4, 6:
      let mask = UInt8((1 << width) - 1)
      let narrow = codes.map { UInt8(truncatingIfNeeded: $0) & mask }
      self.init(type: type, shape: shape, bytes: PackedBits.pack(narrow, bitWidth: width))
    case 8:
      self.init(type: type, shape: shape, bytes: codes.map { UInt8(truncatingIfNeeded: $0) })
    case 16: self.init(type: type, shape: shape, bytes: Self.bytes(of: codes, UInt16.self))
    case 32: self.init(type: type, shape: shape, bytes: Self.bytes(of: codes, UInt32.self))
    case 64: self.init(type: type, shape: shape, bytes: Self.bytes(of: codes, UInt64.self))
    default:
      return nil
    }
  }

  /// The low bits of each code, little-endian: word by word, as most tensors of a run are made here.
  private static func bytes<Word: FixedWidthInteger>(
    of codes: [UInt64], _: Word.Type
  ) -> [UInt8] {
    let size = MemoryLayout<Word>.size
    return [UInt8](unsafeUninitializedCapacity: codes.count * size) { buffer, count in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      for (position, code) in codes.enumerated() {
        raw.storeBytes(
          of: Word(truncatingIfNeeded: code).littleEndian, toByteOffset: position * size,
          as: Word.self)
      }
      count = codes.count * size
    }
  }

  /// One code per element, zero-extended; empty for strings and complex types.
  package var codes: [UInt64] {
    let width = type.bitWidth
    switch width {
    case 2, 4, 6:
      return PackedBits.unpack(bytes, bitWidth: width, count: count)?.map { UInt64($0) } ?? []
    case 8: return bytes.map { UInt64($0) }
    case 16: return words(UInt16.self)
    case 32: return words(UInt32.self)
    case 64 where type != .c64: return words(UInt64.self)
    default: return []
    }
  }

  private func words<Word: FixedWidthInteger>(_: Word.Type) -> [UInt64] {
    bytes.withUnsafeBytes { raw in
      (0..<count).map {
        UInt64(
          truncatingIfNeeded: Word(
            littleEndian: raw.loadUnaligned(
              fromByteOffset: $0 * MemoryLayout<Word>.size, as: Word.self)))
      }
    }
  }

  /// The exact values of a floating-point tensor as binary64; nil for other types.
  package var doubles: [Double]? {
    guard let format = type.floatFormat else { return nil }
    if format == .f64 { return codes.map { Double(bitPattern: $0) } }
    if format == .f32 { return codes.map { Double(Float(bitPattern: UInt32($0))) } }
    return codes.map { format.decode($0) }
  }

  /// The values of an integer or bool tensor (bool: any non-zero byte is 1); nil for other types.
  package var integers: [Int128]? {
    switch type.meaning {
    case .bool: return codes.map { $0 == 0 ? 0 : 1 }
    case .integer(let bits, let signed):
      guard signed else { return codes.map { Int128($0) } }
      let shift = UInt64(64 - bits)
      return codes.map { Int128(Int64(bitPattern: $0 << shift) >> Int64(shift)) }
    case .float, .string, .complex: return nil
    }
  }

  /// Rounds binary64 values once to a floating-point type; nil for other types or a wrong count.
  package init?(type: ElementType, shape: Shape, rounding values: [Double]) {
    guard let format = type.floatFormat else { return nil }
    self.init(type: type, shape: shape, codes: values.map { format.encode($0) })
  }

  /// Keeps the low bits of each integer (two's complement); nil for other types or a wrong count.
  package init?(type: ElementType, shape: Shape, wrapping values: [Int128]) {
    switch type.meaning {
    case .bool:
      self.init(type: type, shape: shape, codes: values.map { $0 == 0 ? 0 : 1 })
    case .integer:
      self.init(type: type, shape: shape, codes: values.map { UInt64(truncatingIfNeeded: $0) })
    case .float, .string, .complex: return nil
    }
  }
}
