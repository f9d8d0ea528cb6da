import Tensors

/// The elements of a tensor message that are in one of its typed fields instead of `raw_data`.
struct TypedElements {
  let message: Onnx_TensorProto
  let type: ElementType
  let count: Int
  let path: FieldPath

  /// The elements in the packed layout of `Tensor`.
  func bytes() throws(ModelError) -> [UInt8] {
    switch type {
    case .f32:
      return littleEndian(try checked(message.floatData, "float_data").map(\.bitPattern))
    case .c64:
      let parts = try checked(message.floatData, "float_data", perElement: 2)
      return littleEndian(parts.map(\.bitPattern))
    case .f64:
      return littleEndian(try checked(message.doubleData, "double_data").map(\.bitPattern))
    case .c128:
      let parts = try checked(message.doubleData, "double_data", perElement: 2)
      return littleEndian(parts.map(\.bitPattern))
    case .i64: return littleEndian(try checked(message.int64Data, "int64_data"))
    case .u64: return littleEndian(try checked(message.uint64Data, "uint64_data"))
    case .u32:
      return littleEndian(try narrowed(try checked(message.uint64Data, "uint64_data"), UInt32.self))
    case .i32: return littleEndian(try checked(message.int32Data, "int32_data"))
    case .u16: return littleEndian(try narrowed(try codes(), UInt16.self))
    case .i16: return littleEndian(try narrowed(try codes(), Int16.self))
    case .f16, .bf16: return littleEndian(try narrowed(try codes(), UInt16.self))
    case .i8: return try narrowed(try codes(), Int8.self).map { UInt8(bitPattern: $0) }
    case .u8, .e4m3fn, .e4m3fnuz, .e5m2, .e5m2fnuz, .e8m0:
      return try narrowed(try codes(), UInt8.self)
    case .bool: return try within(try codes(), limit: 2)
    case .e2m3, .e3m2: return try sixBit()
    case .u4, .i4, .e2m1, .u2, .i2: return try packed()
    case .string: return []
    }
  }

  private func codes() throws(ModelError) -> [Int32] {
    try checked(message.int32Data, "int32_data")
  }

  private func checked<Element>(
    _ values: [Element], _ field: String, perElement: Int = 1
  ) throws(ModelError) -> [Element] {
    // `count` is at most 2^31, so that the product cannot overflow.
    guard values.count == count * perElement else {
      throw FieldPath.field(path, field).content(
        "\(values.count) entries, \(count)×\(type.name) needs \(count * perElement)")
    }
    return values
  }

  private func narrowed<Wide: FixedWidthInteger, Narrow: FixedWidthInteger>(
    _ values: [Wide], _: Narrow.Type
  ) throws(ModelError) -> [Narrow] {
    var result: [Narrow] = []
    result.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      guard let narrow = Narrow(exactly: value) else { throw misfit(value, index) }
      result.append(narrow)
    }
    return result
  }

  private func within(_ values: [Int32], limit: Int32) throws(ModelError) -> [UInt8] {
    for (index, value) in values.enumerated() where value < 0 || value >= limit {
      throw misfit(value, index)
    }
    return values.map { UInt8(truncatingIfNeeded: $0) }
  }

  /// Six-bit types take one entry per element here, although `raw_data` packs them.
  private func sixBit() throws(ModelError) -> [UInt8] {
    let codes = try within(try codes(), limit: 64).map { UInt64($0) }
    guard let tensor = Tensor(type: type, shape: [count], codes: codes) else {
      throw path.content("\(codes.count) codes do not fill \(count)×\(type.name)")
    }
    return tensor.bytes
  }

  /// Four- and two-bit types: each entry is one packed byte, which some writers sign-extend.
  private func packed() throws(ModelError) -> [UInt8] {
    guard let needed = type.byteCount(of: count), message.int32Data.count == needed else {
      throw FieldPath.field(path, "int32_data").content(
        "\(message.int32Data.count) entries do not fill \(count)×\(type.name)")
    }
    for (index, value) in message.int32Data.enumerated() where value < -128 || value > 255 {
      throw misfit(value, index)
    }
    return message.int32Data.map { UInt8(truncatingIfNeeded: $0) }
  }

  private func misfit(_ value: some FixedWidthInteger, _ index: Int) -> ModelError {
    path.content("entry \(index) is \(value), which \(type.name) cannot hold")
  }

  private func littleEndian<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(words.count * MemoryLayout<Word>.size)
    for word in words {
      withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }
}
