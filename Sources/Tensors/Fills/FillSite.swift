import NumericFormats

/// The tensor that is being filled: its type and how its elements lie.
struct FillSite {
  let type: ElementType
  /// Elements of the tensor.
  let count: Int
  /// Length of a row along the last axis, at least 1.
  let lane: Int
  /// The format real values are rounded to before the type's own.
  let grid: FloatFormat?

  /// Numbers to draw: two for each complex element.
  var scalarCount: Int {
    if case .complex = type.meaning { 2 * count } else { count }
  }

  /// The format of the numbers of a float or complex type.
  var format: FloatFormat? {
    switch type.meaning {
    case .float(let format), .complex(let format): format
    case .integer, .bool, .string: nil
    }
  }

  /// Whether negative values exist.
  var isSigned: Bool {
    switch type.meaning {
    case .float(let format): format.isSigned
    case .integer(_, let signed): signed
    case .complex, .string: true
    case .bool: false
    }
  }

  /// A repeated list of explicit values.
  func listed(_ list: [FillValue]) throws(FillError) -> FillElements {
    guard !list.isEmpty || count == 0 else {
      throw .parameter(fill: "values", reason: "the list is empty")
    }
    switch type.meaning {
    case .string: return .strings((0..<count).map { list[$0 % list.count].text })
    case .complex(let format):
      let inner: ElementType = format == .f64 ? .f64 : .f32
      var reals: [Double] = []
      for index in 0..<count {
        reals.append(format.decode(try list[index % list.count].code(in: inner)))
        reals.append(0)
      }
      return .reals(reals)
    case .float, .integer, .bool:
      var codes: [UInt64] = []
      for value in list.prefix(count) { codes.append(try value.code(in: type)) }
      return .codes((0..<count).map { codes[$0 % list.count] })
    }
  }

  /// The tensor of the elements; nil when their number does not fit the shape.
  func tensor(_ elements: FillElements, shape: Shape) throws(FillError) -> Tensor? {
    switch elements {
    case .codes(let codes): return Tensor(type: type, shape: shape, codes: codes)
    case .strings(let strings):
      guard type == .string else { throw .wrongType(fill: "a fill of strings", type: type) }
      return Tensor(shape: shape, strings: strings)
    case .reals(let values): return try tensor(reals: values, shape: shape)
    case .integers(let values): return try tensor(integers: values, shape: shape)
    }
  }

  private func tensor(reals values: [Double], shape: Shape) throws(FillError) -> Tensor? {
    switch type.meaning {
    case .float(let format):
      return Tensor(type: type, shape: shape, codes: values.map { code(of: $0, in: format) })
    case .complex(let format): return complex(values, format, shape)
    case .integer(let bits, let signed):
      let range = IntegerRange(bits: bits, signed: signed)
      return Tensor(
        type: type, shape: shape, wrapping: values.map { Self.nearest($0, in: range) })
    case .bool:
      return Tensor(type: type, shape: shape, codes: values.map { $0 > 0 ? 1 : 0 })
    case .string: throw .wrongType(fill: "a fill of real numbers", type: type)
    }
  }

  private func tensor(integers values: [Int128], shape: Shape) throws(FillError) -> Tensor? {
    switch type.meaning {
    case .float, .complex: return try tensor(reals: values.map(Self.real), shape: shape)
    case .integer(let bits, let signed):
      let range = IntegerRange(bits: bits, signed: signed)
      let cut = values.map { min(max($0, range.lowest), range.highest) }
      return Tensor(type: type, shape: shape, wrapping: cut)
    case .bool: return Tensor(type: type, shape: shape, wrapping: values)
    case .string: return Tensor(shape: shape, strings: values.map { "\($0)" })
    }
  }

  /// Rounds once (after the grid), never to an infinity; unsigned formats take the magnitude.
  func code(of value: Double, in format: FloatFormat) -> UInt64 {
    var value = grid.map { $0.round(cut(value, to: $0)) } ?? value
    if !format.isSigned { value = max(value.magnitude, format.smallestSubnormal) }
    return format.encode(cut(value, to: format))
  }

  private func cut(_ value: Double, to format: FloatFormat) -> Double {
    guard value.isFinite else { return value }
    return min(max(value, -format.greatestFinite), format.greatestFinite)
  }

  private func complex(_ values: [Double], _ format: FloatFormat, _ shape: Shape) -> Tensor? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * format.bitWidth / 8)
    for value in values {
      let code = code(of: value, in: format)
      for byte in 0..<(format.bitWidth / 8) {
        bytes.append(UInt8(truncatingIfNeeded: code >> UInt64(8 * byte)))
      }
    }
    return Tensor(type: type, shape: shape, bytes: bytes)
  }

  /// The nearest double. The conversion of 64 bits is an instruction, that of 128 a long way.
  static func real(_ value: Int128) -> Double {
    Int64(exactly: value).map { Double($0) } ?? Double(value)
  }

  /// The nearest integer, ties to even, within the range; unsigned types take the magnitude.
  private static func nearest(_ value: Double, in range: IntegerRange) -> Int128 {
    let magnitude = range.lowest == 0 ? value.magnitude : value
    guard magnitude.isFinite, magnitude.magnitude < 0x1p100 else {
      return magnitude > 0 ? range.highest : range.lowest
    }
    let rounded = Int128(magnitude.rounded(.toNearestOrEven))
    return min(max(rounded, range.lowest), range.highest)
  }
}
