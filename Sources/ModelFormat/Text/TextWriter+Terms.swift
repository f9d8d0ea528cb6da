import Tensors

extension TextWriter {
  static func isIdentifier(_ name: String) -> Bool {
    var scanner = TextScanner(name)
    return scanner.word() == name
  }

  /// A name, quoted unless it is an identifier that starts neither a type nor a number.
  static func name(_ name: String) -> String {
    let plain =
      isIdentifier(name) && ElementType(onnxName: name) == nil
      && !TextKeyword.types.contains(name) && TextLiteral.special(name, negative: false) == nil
    return plain ? name : quoted(name)
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result.unicodeScalars.append("\\") }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  /// Type and name; the name alone when the type is not known.
  static func declaration(_ info: ValueInfo) -> String {
    guard let type = info.type else { return name(info.name) }
    return self.type(type, shape: info.shape) + " " + name(info.name)
  }

  static func declaration(_ constant: Initializer) -> String {
    let shape = constant.tensor.shape.map { Dimension.fixed($0) }
    return type(.tensor(constant.tensor.type), shape: shape) + " " + name(constant.name)
  }

  static func type(_ type: ValueType, shape: [Dimension]?) -> String {
    switch type {
    case .tensor(let element): element.onnxName + dimensions(shape)
    case .sequence(let inner): "seq(" + self.type(inner, shape: shape) + ")"
    case .optional(let inner): "optional(" + self.type(inner, shape: shape) + ")"
    case .map(let key, let value):
      "map(" + key.onnxName + ", " + self.type(value, shape: shape) + ")"
    }
  }

  private static func dimensions(_ shape: [Dimension]?) -> String {
    guard let shape else { return "[]" }
    guard !shape.isEmpty else { return "" }
    let parts = shape.map { dimension in
      switch dimension {
      case .fixed(let size): "\(size)"
      case .symbolic(let name): isIdentifier(name) ? name : quoted(name)
      case .unknown: "?"
      }
    }
    return "[" + parts.joined(separator: ", ") + "]"
  }

  /// A tensor with its type, e.g. `float[2] {1.0, 2.0}`.
  static func constant(_ tensor: Tensor) -> String {
    let shape = tensor.shape.map { Dimension.fixed($0) }
    return type(.tensor(tensor.type), shape: shape) + " " + elements(of: tensor)
  }

  /// The elements in braces; narrow floating-point types as bit patterns.
  static func elements(of tensor: Tensor) -> String {
    let parts: [String]
    switch tensor.type.meaning {
    case .string: parts = tensor.strings.map(quoted)
    case .bool, .integer: parts = (tensor.integers ?? []).map { "\($0)" }
    case .complex(let part):
      let type: ElementType = part == .f32 ? .f32 : .f64
      let flat = Tensor(type: type, shape: [tensor.count * 2], bytes: tensor.bytes)
      parts = flat.map(numbers) ?? []
    case .float: parts = numbers(tensor)
    }
    return "{" + parts.joined(separator: ", ") + "}"
  }

  private static func numbers(_ tensor: Tensor) -> [String] {
    switch tensor.type {
    case .f32:
      tensor.codes.map { number(Float(bitPattern: UInt32(truncatingIfNeeded: $0))) }
    case .f64: tensor.codes.map { number(Double(bitPattern: $0)) }
    default: tensor.codes.map { "\($0)" }
    }
  }

  /// The shortest decimal text that reads back as the same value.
  static func number<F: BinaryFloatingPoint & CustomStringConvertible>(_ value: F) -> String {
    value.isNaN ? "nan" : value.description
  }
}
