import Tensors

extension TextParser {
  /// `<name: kind = value, …>`; nil when no list comes next.
  mutating func attributes() throws(ModelError) -> [String: Attribute]? {
    guard scanner.accept("<") else { return nil }
    var attributes: [String: Attribute] = [:]
    guard !scanner.accept(">") else { return attributes }
    repeat {
      let name = try scanner.expectWord("an attribute")
      let value = try attributeValue(of: name)
      guard attributes.updateValue(value, forKey: name) == nil else {
        throw scanner.failure("attribute \"\(name)\" is given twice")
      }
    } while scanner.accept(",")
    try scanner.expect(">", "after the attributes")
    return attributes
  }

  /// What follows an attribute's name: its kind, if stated, and its value.
  mutating func attributeValue(of name: String) throws(ModelError) -> Attribute {
    var kind: AttributeKind?
    if scanner.accept(":") {
      let word = try scanner.expectWord("the kind of \"\(name)\"")
      guard let stated = AttributeKind(onnxName: word) else {
        throw scanner.failure("\"\(word)\" is not a kind of attribute")
      }
      kind = stated
    }
    try scanner.expect("=", "after attribute \"\(name)\"")
    if scanner.accept("@") { return try reference(kind) }
    if scanner.isNext("[") { return try list(of: name, kind: kind) }
    if let kind, kind.element != nil {
      throw scanner.failure("\"\(name)\" is a list, its value needs '['")
    }
    return try single(kind)
  }

  private mutating func reference(_ kind: AttributeKind?) throws(ModelError) -> Attribute {
    let parameter = try scanner.expectName("the name of a parameter")
    guard let kind = kind ?? parameterKinds[parameter] else {
      throw scanner.failure("state the kind, as in \"axis: int = @\(parameter)\"")
    }
    return .reference(parameter, kind: kind)
  }

  private mutating func list(
    of name: String, kind: AttributeKind?
  ) throws(ModelError) -> Attribute {
    let start = scanner.position
    try scanner.expect("[", "before the list")
    if let kind, kind.element == nil {
      throw scanner.failure("\"\(name)\" is a single \(kind.onnxName), not a list", at: start)
    }
    var values: [Attribute] = []
    if !scanner.accept("]") {
      repeat { values.append(try single(kind?.element)) } while scanner.accept(",")
      try scanner.expect("]", "after the list")
    }
    guard let kind = kind ?? values.listKind else {
      throw scanner.failure(
        values.isEmpty
          ? "an empty list needs its kind, as in \"\(name): ints = []\""
          : "the list mixes kinds", at: start)
    }
    guard let list = values.list(of: kind) else {
      throw scanner.failure("cannot write a list of kind \(kind.onnxName)", at: start)
    }
    return list
  }

  private mutating func single(_ kind: AttributeKind?) throws(ModelError) -> Attribute {
    _ = scanner.peek()
    let start = scanner.position
    let value = try unconverted()
    guard let kind, kind != value.kind else { return value }
    // The one implicit conversion of the syntax: `alpha: float = 1`.
    if kind == .float, case .int(let integer) = value { return .float(Float(integer)) }
    throw scanner.failure("a value of kind \(value.kind.onnxName), not \(kind.onnxName)", at: start)
  }

  private mutating func unconverted() throws(ModelError) -> Attribute {
    if let word = scanner.peekWord() {
      if typeIsNext() { return try typeOrTensor() }
      if TextLiteral.special(word, negative: false) == nil { return .graph(try graph()) }
    }
    var ahead = scanner
    let literal = try scanner.literal()
    switch literal {
    case .string(let text):
      guard scanner.isNext("(") else { return .string(text) }
      // A quoted name in front of parentheses is a graph.
      swap(&ahead, &scanner)
      return .graph(try graph())
    case .integer:
      guard let wide = literal.wide, let value = Int64(exactly: wide) else {
        throw scanner.failure("the integer does not fit 64 bits")
      }
      return .int(value)
    case .real:
      guard let value = literal.rounded(to: Float.self) else {
        throw scanner.failure("not a number")
      }
      return .float(value)
    }
  }

  private mutating func typeOrTensor() throws(ModelError) -> Attribute {
    let (type, shape) = try type()
    // A tensor constant may carry a name, which has no meaning here.
    let named = try scanner.name() != nil
    guard scanner.accept("=") || named || scanner.isNext("{") else { return .type(type) }
    return .tensor(try tensor(type: type, shape: shape))
  }
}

extension [Attribute] {
  /// The kind of the list these values form; integers among floats count as floats.
  fileprivate var listKind: AttributeKind? {
    let kinds = Set(map(\.kind))
    if kinds == [.int, .float] { return .floats }
    guard kinds.count == 1 else { return nil }
    return AttributeKind.allCases.first { $0.element == kinds.first }
  }

  fileprivate func list(of kind: AttributeKind) -> Attribute? {
    switch kind {
    case .ints: .ints(compactMap(\.intValue))
    case .floats: .floats(compactMap { $0.floatValue ?? $0.intValue.map { Float($0) } })
    case .strings: .strings(compactMap(\.stringValue))
    case .tensors: .tensors(compactMap(\.tensorValue))
    case .graphs: .graphs(compactMap(\.graphValue))
    case .types: .types(compactMap { if case .type(let type) = $0 { type } else { nil } })
    case .sparseTensors: isEmpty ? .sparseTensors([]) : nil
    case .float, .int, .string, .tensor, .graph, .sparse, .type: nil
    }
  }
}
