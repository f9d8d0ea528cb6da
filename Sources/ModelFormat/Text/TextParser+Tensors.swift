import Tensors

extension TextParser {
  /// The elements of a constant: `{…}`, or `[…]` naming an external file.
  mutating func tensor(
    type: ValueType?, shape dimensions: [Dimension]?
  ) throws(ModelError) -> Tensor {
    guard case .tensor(let element) = type else {
      throw scanner.failure("a constant needs a tensor type")
    }
    let shape = try fixedShape(dimensions)
    guard let count = shape.elementCount, count <= ModelLimits.elements else {
      throw scanner.failure("\(shape) has more than 2^31 elements")
    }
    let start = scanner.position
    if scanner.isNext("[") { return try externalTensor(element, shape, count) }
    try scanner.expect("{", "before the elements")
    var literals: [TextLiteral] = []
    if !scanner.accept("}") {
      repeat { literals.append(try scanner.literal()) } while scanner.accept(",")
      try scanner.expect("}", "after the elements")
    }
    let needed = element.isComplex ? 2 * count : count
    guard literals.count == needed else {
      throw scanner.failure(
        "\(element.onnxName)\(shape) needs \(needed) elements, \(literals.count) are given",
        at: start)
    }
    return try tensor(element, shape, literals, at: start)
  }

  private func fixedShape(_ dimensions: [Dimension]?) throws(ModelError) -> Shape {
    var shape: Shape = []
    for dimension in dimensions ?? [.unknown] {
      guard case .fixed(let size) = dimension else {
        throw scanner.failure("a constant needs a shape of numbers")
      }
      shape.append(size)
    }
    return shape
  }

  private mutating func externalTensor(
    _ type: ElementType, _ shape: Shape, _ count: Int
  ) throws(ModelError) -> Tensor {
    let start = scanner.position
    let keys = try textPairs()
    guard let size = type.byteCount(of: count) else {
      throw scanner.failure("\(type.onnxName) cannot be external", at: start)
    }
    let bytes = try external.read(keys, byteCount: size, at: .root("constant"))
    guard let tensor = Tensor(type: type, shape: shape, bytes: bytes) else {
      throw scanner.failure("\(bytes.count) bytes do not fill \(shape)", at: start)
    }
    return tensor
  }

  private func tensor(
    _ type: ElementType, _ shape: Shape, _ literals: [TextLiteral], at start: Int
  ) throws(ModelError) -> Tensor {
    var codes: [UInt64] = []
    var strings: [String] = []
    for (index, literal) in literals.enumerated() {
      if type == .string, case .string(let text) = literal {
        strings.append(text)
      } else if let code = code(of: literal, as: type) {
        codes.append(code)
      } else {
        throw scanner.failure("element \(index) is not a value of \(type.onnxName)", at: start)
      }
    }
    let tensor =
      switch type {
      case .string: Tensor(shape: shape, strings: strings)
      case .c64: Tensor(type: .f32, shape: [codes.count], codes: codes)?.paired(.c64, shape)
      case .c128: Tensor(type: .f64, shape: [codes.count], codes: codes)?.paired(.c128, shape)
      default: Tensor(type: type, shape: shape, codes: codes)
      }
    guard let tensor else {
      throw scanner.failure("the elements do not fill \(type.onnxName)\(shape)", at: start)
    }
    return tensor
  }

  /// The code of one element (of one part of it for complex types), nil when it does not fit.
  private func code(of literal: TextLiteral, as type: ElementType) -> UInt64? {
    switch type.meaning {
    case .string: return nil
    case .bool:
      guard let wide = literal.wide, wide == 0 || wide == 1 else { return nil }
      return UInt64(wide)
    case .integer(let bits, let signed):
      let limits = signed ? (-Int128(1) << (bits - 1), Int128(1) << (bits - 1)) : (0, 1 << bits)
      guard let wide = literal.wide, wide >= limits.0, wide < limits.1 else { return nil }
      return UInt64(truncatingIfNeeded: wide)
    case .float, .complex:
      switch type {
      case .f32, .c64: return literal.rounded(to: Float.self).map { UInt64($0.bitPattern) }
      case .f64, .c128: return literal.rounded(to: Double.self)?.bitPattern
      default: return narrowCode(of: literal, as: type)
      }
    }
  }

  /// Integers are bit patterns here, as in other readers; a value is written with a point.
  private func narrowCode(of literal: TextLiteral, as type: ElementType) -> UInt64? {
    if let wide = literal.wide {
      return wide >= 0 && wide < Int128(1) << type.bitWidth ? UInt64(wide) : nil
    }
    guard let value = literal.rounded(to: Double.self) else { return nil }
    return Tensor(type: type, shape: [1], rounding: [value])?.codes.first
  }
}

extension ElementType {
  var isComplex: Bool { if case .complex = meaning { true } else { false } }
}

extension Tensor {
  /// Adjacent elements taken as real and imaginary parts.
  fileprivate func paired(_ type: ElementType, _ shape: Shape) -> Tensor? {
    Tensor(type: type, shape: shape, bytes: bytes)
  }
}
