import Tensors

extension TextParser {
  /// Whether a type comes next.
  mutating func typeIsNext() -> Bool {
    guard let word = scanner.peekWord() else { return false }
    return TextKeyword.types.contains(word) || ElementType(onnxName: word) != nil
  }

  /// A type with the shape of the tensors inside: `float` has rank 0, `float[]` any rank.
  mutating func type() throws(ModelError) -> (type: ValueType, shape: [Dimension]?) {
    try enter()
    defer { leave() }
    let word = try scanner.expectWord("a type")
    if let element = ElementType(onnxName: word) {
      return (.tensor(element), try shape())
    }
    guard TextKeyword.containers.contains(word) else {
      throw scanner.failure("type \"\(word)\" is unknown or not supported")
    }
    try scanner.expect("(", "after \"\(word)\"")
    var key: ElementType?
    if word == "map" {
      let name = try scanner.expectWord("the type of the keys")
      guard let element = ElementType(onnxName: name) else {
        throw scanner.failure("\"\(name)\" is not an element type")
      }
      key = element
      try scanner.expect(",", "between the types of keys and values")
    }
    let (inner, shape) = try type()
    try scanner.expect(")", "after the type inside \"\(word)\"")
    if let key { return (.map(key: key, value: inner), shape) }
    return (word == "seq" ? .sequence(inner) : .optional(inner), shape)
  }

  private mutating func shape() throws(ModelError) -> [Dimension]? {
    guard scanner.accept("[") else { return [] }
    guard !scanner.accept("]") else { return nil }
    var shape: [Dimension] = []
    repeat { shape.append(try dimension()) } while scanner.accept(",")
    try scanner.expect("]", "after the dimensions")
    return shape
  }

  private mutating func dimension() throws(ModelError) -> Dimension {
    if scanner.accept("?") { return .unknown }
    if let name = try scanner.name() { return name.isEmpty ? .unknown : .symbolic(name) }
    guard let size = Int(exactly: try integer()), size >= 0 else {
      throw scanner.failure("a dimension cannot be negative")
    }
    return .fixed(size)
  }

  /// `type? name`
  private mutating func valueInfo() throws(ModelError) -> ValueInfo {
    guard typeIsNext() else {
      return ValueInfo(name: try scanner.expectName("a type or value name"), type: nil)
    }
    let (type, shape) = try type()
    return ValueInfo(name: try scanner.expectName("a value name"), type: type, shape: shape)
  }

  mutating func valueInfos(until end: Unicode.Scalar) throws(ModelError) -> [ValueInfo] {
    var result: [ValueInfo] = []
    guard !scanner.accept(end) else { return result }
    repeat { result.append(try valueInfo()) } while scanner.accept(",")
    try scanner.expect(end, "after the last value")
    return result
  }

  /// Values of which some are given: all declarations in order, and the constants.
  mutating func declarations(
    until end: Unicode.Scalar
  ) throws(ModelError) -> (declared: [ValueInfo], constants: [Initializer]) {
    var declared: [ValueInfo] = []
    var constants: [Initializer] = []
    guard !scanner.accept(end) else { return (declared, constants) }
    repeat {
      let info = try valueInfo()
      declared.append(info)
      if scanner.accept("=") {
        let tensor = try tensor(type: info.type, shape: info.shape)
        constants.append(Initializer(name: info.name, tensor: tensor))
      }
    } while scanner.accept(",")
    try scanner.expect(end, "after the last value")
    return (declared, constants)
  }
}

/// Words that start a type.
enum TextKeyword {
  static let containers: Set<String> = ["seq", "optional", "map"]
  static let types = containers.union(["sparse_tensor", "opaque"])
}
