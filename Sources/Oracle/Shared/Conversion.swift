import ExtendedArithmetic
import NumericFormats
import Tensors

/// Conversion between element types by the rules of Cast.
struct Conversion {
  private let target: ElementType
  private let saturates: Bool
  /// Whether infinities, too, become the largest value of every float8 type: the table of Cast gave
  /// NaN for the fnuz types until version 23.
  private let clampsInfinities: Bool
  private let scaleRounding: String

  /// Reads `saturate` and `round_mode` from the call.
  init(_ call: Call, to target: ElementType) throws(EvaluationError) {
    self.target = target
    saturates = try call.flag("saturate", default: true)
    clampsInfinities = call.version >= 24
    scaleRounding = try call.string("round_mode", default: "up")
  }

  /// The element type of a number of `TensorProto.DataType`.
  static func target(number: Int) throws(EvaluationError) -> ElementType {
    guard let type = Int32(exactly: number).flatMap(ElementType.init(rawValue:)) else {
      throw .invalid("\(number) is no element type")
    }
    return type
  }

  /// The converted tensor and the rule it is judged by.
  func outcome(of x: ExactTensor) throws(EvaluationError) -> Outcome {
    switch x.elements {
    case .reals(let values): return try fromReals(values, x)
    case .integers(let values): return try fromIntegers(values, x)
    case .strings(let values): return try fromStrings(values, x)
    case .complex: throw .invalid("Cast of complex numbers")
    }
  }

  private func fromReals(
    _ values: [DoubleDouble], _ x: ExactTensor
  ) throws(EvaluationError) -> Outcome {
    switch target.meaning {
    case .float(let format):
      var outcome = toFloat(values, format, x.shape)
      // What lies on the way to a format that holds all numbers of the first is rounded nowhere.
      if let source = x.type.floatFormat, format.includes(source) { outcome.materialises = false }
      return outcome
    case .bool: return .exact(ExactTensor(x.shape, bools: values.map { $0.high != 0 }))
    case .integer: return try toInteger(values, x.shape)
    case .string, .complex: throw .unsupported("Cast of \(x.type.onnxName) to \(target.onnxName)")
    }
  }

  private func fromIntegers(
    _ values: [Int128], _ x: ExactTensor
  ) throws(EvaluationError) -> Outcome {
    switch target.meaning {
    case .float(let format): return toFloat(values.map { DoubleDouble($0) }, format, x.shape)
    case .bool: return .exact(ExactTensor(x.shape, bools: values.map { $0 != 0 }))
    case .integer: return .exact(try ExactTensor(target, x.shape, integers: values).wrapped())
    case .string where x.type != .bool:
      return .exact(ExactTensor(x.shape, strings: values.map { "\($0)" }))
    case .string, .complex: throw .unsupported("Cast of \(x.type.onnxName) to \(target.onnxName)")
    }
  }

  private func fromStrings(
    _ texts: [String], _ x: ExactTensor
  ) throws(EvaluationError) -> Outcome {
    if target == .string { return .exact(x) }
    if target.isInteger {
      let values = texts.map { Int128($0) }
      var outcome = Outcome.exact(
        try ExactTensor(target, x.shape, integers: values.map { $0 ?? 0 }).wrapped())
      outcome.undefined = OpenElements.mask(values.map { $0 == nil })
      return outcome
    }
    guard let format = target.floatFormat else {
      throw .unsupported("Cast of strings to \(target.onnxName)")
    }
    let values = texts.map { Double($0) }
    var outcome = toFloat(values.map { DoubleDouble($0 ?? 0) }, format, x.shape)
    outcome.undefined = OpenElements.mask(values.map { $0 == nil })
    return outcome
  }

  /// IEEE types are class R; the narrow ones follow the Cast tables, whose results are codes.
  private func toFloat(_ values: [DoubleDouble], _ format: FloatFormat, _ shape: Shape) -> Outcome {
    if [.f64, .f32, .f16, .bf16].contains(target) {
      var outcome = Outcome.rounded(ExactTensor(target, shape, reals: values), signedZero: true)
      outcome.materialises = true
      return outcome
    }
    let results = values.map { DoubleDouble(format.decode(code(of: $0, format))) }
    var outcome = Outcome.exact(ExactTensor(target, shape, reals: results))
    if !format.hasNaN { outcome.undefined = OpenElements.mask(values.map(\.isNaN)) }
    return outcome
  }

  private func code(of value: DoubleDouble, _ format: FloatFormat) -> UInt64 {
    if target == .e8m0 {
      let mode: FloatFormat.PowerOfTwoRounding =
        scaleRounding == "nearest" ? .nearest : scaleRounding == "down" ? .down : .up
      return UInt64(FloatFormat.encodeE8M0(value.high, mode: mode, saturate: saturates))
    }
    // Types without Inf and NaN have nothing else to offer than saturation.
    let saturation: FloatFormat.Overflow = clampsInfinities ? .clamp : .saturate
    let overflow: FloatFormat.Overflow = saturates || !format.hasNaN ? saturation : .ieee
    return format.encode(high: value.high, low: value.low, overflow: overflow)
  }

  private func toInteger(
    _ values: [DoubleDouble], _ shape: Shape
  ) throws(EvaluationError) -> Outcome {
    let range = try ExactTensor.integerRange(of: target)
    let truncated = values.map { (value) -> Int128? in
      guard value.isFinite, value.high.magnitude < 0x1p100 else { return nil }
      let whole = Int128(value.rounded(.towardZero).high)
      return range.contains(whole) ? whole : nil
    }
    var outcome = Outcome.exact(ExactTensor(target, shape, integers: truncated.map { $0 ?? 0 }))
    outcome.undefined = OpenElements.mask(truncated.map { $0 == nil })
    return outcome
  }
}

extension FloatFormat {
  /// Whether every finite number of the other format is one of this.
  fileprivate func includes(_ other: FloatFormat) -> Bool {
    precision >= other.precision && maxExponent >= other.maxExponent
      && minExponent - precision <= other.minExponent - other.precision
  }
}
