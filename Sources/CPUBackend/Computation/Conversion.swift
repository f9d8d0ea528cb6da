package import NumericFormats
package import Tensors

/// Conversion of tensors to another element type, as Cast and CastLike do it.
///
/// What the standard leaves open is settled so: a float outside an integer type becomes its nearest
/// end, NaN becomes 0.
package struct Conversion {
  let target: ElementType
  /// What becomes of values beyond a float8 type: its largest value, or else infinity or NaN.
  let overflow: FloatFormat.Overflow
  /// Direction of rounding to `float8e8m0`.
  let powerOfTwoRounding: FloatFormat.PowerOfTwoRounding

  package init(
    to target: ElementType, overflow: FloatFormat.Overflow,
    powerOfTwoRounding: FloatFormat.PowerOfTwoRounding
  ) {
    self.target = target
    self.overflow = overflow
    self.powerOfTwoRounding = powerOfTwoRounding
  }

  /// What `saturate` asks for in a version of Cast: from 24 on infinities become the largest value
  /// of the `fnuz` types, too.
  package static func overflow(saturates: Bool, version: Int) -> FloatFormat.Overflow {
    saturates ? (version >= 24 ? .clamp : .saturate) : .ieee
  }

  /// The direction that the attribute `round_mode` names; up when it is left out.
  package static func roundMode(
    _ attributes: Attributes
  ) throws(KernelError) -> FloatFormat.PowerOfTwoRounding {
    switch try attributes.choice("round_mode", of: ["up", "down", "nearest"], default: "up") {
    case "down": .down
    case "nearest": .nearest
    default: .up
    }
  }

  /// The converted tensor.
  ///
  /// - Throws: `invalidInput` for text that is no number, `unsupported` for complex types.
  package func tensor(_ x: Tensor) throws(KernelError) -> Tensor {
    if x.type == target { return x }
    switch x.type.meaning {
    case .string: return try parsing(x)
    case .float: return try fromFloats(x)
    case .integer, .bool: return try fromIntegers(x)
    case .complex: throw unsupported(x.type)
    }
  }

  private func unsupported(_ source: ElementType) -> KernelError {
    .unsupported(.type, "conversion of \(source.onnxName) to \(target.onnxName)")
  }

  private func fromFloats(_ x: Tensor) throws(KernelError) -> Tensor {
    if target == .string { return try .of(strings: try NumberText.texts(of: x), x.shape) }
    let values = try x.reals(Double.self)
    switch target.meaning {
    case .float: return try rounding(values, x.shape)
    case .bool: return try .of(.bool, x.shape, values.map { $0 != 0 ? UInt8(1) : 0 })
    case .integer(let bits, let signed):
      let range = IntegerRange(bits: bits, signed: signed)
      return try .wrapping(values.map { range.truncating($0) }, to: target, x.shape)
    case .string, .complex: throw unsupported(x.type)
    }
  }

  private func rounding(_ values: [Double], _ shape: Shape) throws(KernelError) -> Tensor {
    switch target {
    case .f64, .f32, .f16, .bf16: return try .rounding(values, to: target, shape)
    case .e8m0:
      let codes = values.map {
        FloatFormat.encodeE8M0($0, mode: powerOfTwoRounding, saturate: overflow != .ieee)
      }
      return try .packing(codes, as: target, shape)
    default:
      guard let format = target.floatFormat else { throw unsupported(.f64) }
      let codes = values.map {
        UInt8(truncatingIfNeeded: format.encode($0, overflow: overflow))
      }
      return try .packing(codes, as: target, shape)
    }
  }

  private func fromIntegers(_ x: Tensor) throws(KernelError) -> Tensor {
    let values = x.wideIntegers
    switch target.meaning {
    case .integer: return try .wrapping(values, to: target, x.shape)
    case .bool: return try .of(.bool, x.shape, values.map { $0 != 0 ? UInt8(1) : 0 })
    case .string:
      return try .of(strings: NumberText.texts(of: values, type: x.type), x.shape)
    case .float(let format):
      if x.type.bitWidth < 64 { return try rounding(values.map { Double($0) }, x.shape) }
      return try roundingWide(values, unsigned: x.type == .u64, format, x.shape)
    case .complex: throw unsupported(x.type)
    }
  }

  /// 64-bit integers do not fit a `Double`, so what it drops takes part in the one rounding.
  private func roundingWide(
    _ values: [Int64], unsigned: Bool, _ format: FloatFormat, _ shape: Shape
  ) throws(KernelError) -> Tensor {
    let codes = values.map { value -> UInt64 in
      let exact = unsigned ? Int128(UInt64(bitPattern: value)) : Int128(value)
      let high = Double(exact)
      let low = Double(exact - Int128(high))
      if target == .e8m0 {
        // Any value between two neighbours of the format rounds alike.
        let near = low == 0 ? high : low > 0 ? high.nextUp : high.nextDown
        return UInt64(
          FloatFormat.encodeE8M0(near, mode: powerOfTwoRounding, saturate: overflow != .ieee))
      }
      return format.encode(
        high: high, low: low, overflow: format.bitWidth <= 8 ? overflow : .ieee)
    }
    guard let tensor = Tensor(type: target, shape: shape, codes: codes) else {
      throw .internalError("\(codes.count) codes for shape \(shape)")
    }
    return tensor
  }

  private func parsing(_ x: Tensor) throws(KernelError) -> Tensor {
    switch target.meaning {
    case .float(let format):
      var values: [Double] = []
      for text in x.strings {
        values.append(try NumberText.double(text, forSecondRounding: format != .f64))
      }
      return try rounding(values, x.shape)
    case .integer(let bits, let signed):
      let range = IntegerRange(bits: bits, signed: signed)
      var values: [Int64] = []
      for text in x.strings { values.append(try NumberText.integer(text, in: range)) }
      return try .wrapping(values, to: target, x.shape)
    case .bool:
      var values: [UInt8] = []
      for text in x.strings { values.append(try NumberText.truth(text) ? 1 : 0) }
      return try .of(.bool, x.shape, values)
    case .string, .complex: throw unsupported(.string)
    }
  }
}
