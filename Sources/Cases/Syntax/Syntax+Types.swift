import Tensors

extension Syntax {
  /// A type: a short name (`f32`), `{sequence: f32}`, `{optional: …}`, `{map: [i64, f32]}`, or
  /// ONNX's own spelling (`seq(tensor(float))`).
  func valueType() throws(SyntaxFault) -> ValueType {
    if let text {
      if let element = ElementType(name: text) { return .tensor(element) }
      if let type = ValueType(onnxName: text) { return type }
      throw .unknown("element type", text, at: line, known: ElementType.allCases.map(\.name))
    }
    guard let member = members?.first, members?.count == 1 else {
      throw SyntaxFault(line, "a type must be a name such as f32, or {sequence: f32}")
    }
    switch member.key {
    case "sequence": return .sequence(try member.value.valueType())
    case "optional": return .optional(try member.value.valueType())
    case "map":
      let parts = try member.value.requireElements("map")
      guard parts.count == 2 else { throw SyntaxFault(line, "map needs a key and a value type") }
      return .map(key: try parts[0].elementType(), value: try parts[1].valueType())
    default:
      throw .unknown(
        "type", member.key, at: member.line, known: ["sequence", "optional", "map"])
    }
  }

  func elementType() throws(SyntaxFault) -> ElementType {
    guard case .tensor(let element) = try valueType() else {
      throw SyntaxFault(line, "an element type such as f32 must stand here")
    }
    return element
  }

  /// The node that `valueType()` reads as the type.
  init(_ type: ValueType, line: Int) {
    func member(_ key: String, _ value: Syntax) -> Syntax {
      Syntax(.map([Member(key: key, line: line, value: value)]), line: line)
    }
    switch type {
    case .tensor(let element): self.init(text: element.name, line: line)
    case .sequence(let element): self = member("sequence", Syntax(element, line: line))
    case .optional(let content): self = member("optional", Syntax(content, line: line))
    case .map(let key, let value):
      let parts = [Syntax(.tensor(key), line: line), Syntax(value, line: line)]
      self = member("map", Syntax(.list(parts), line: line))
    }
  }
}

extension ValueType {
  /// The name in case ids: `f32`, `seq-f32`, `optional-seq-f32`, `map-i64-f32`.
  package var caseName: String {
    switch self {
    case .tensor(let element): element.name
    case .sequence(let element): "seq-\(element.caseName)"
    case .optional(let content): "optional-\(content.caseName)"
    case .map(let key, let value): "map-\(key.name)-\(value.caseName)"
    }
  }

  /// The type of a name in case ids; nil for one that is none.
  init?(caseName: String) {
    if let element = ElementType(name: caseName) {
      self = .tensor(element)
    } else if caseName.hasPrefix("seq-"),
      let inner = ValueType(caseName: String(caseName.dropFirst(4)))
    {
      self = .sequence(inner)
    } else if caseName.hasPrefix("optional-"),
      let inner = ValueType(caseName: String(caseName.dropFirst(9)))
    {
      self = .optional(inner)
    } else if caseName.hasPrefix("map-"), let end = caseName.dropFirst(4).firstIndex(of: "-"),
      let key = ElementType(name: String(caseName.dropFirst(4)[..<end])),
      let value = ValueType(caseName: String(caseName[caseName.index(after: end)...]))
    {
      self = .map(key: key, value: value)
    } else {
      return nil
    }
  }

  /// The type in ONNX text: `float`, to which a shape may be added, or `seq(float[])`.
  var onnxText: String {
    func inner(_ type: ValueType) -> String {
      if case .tensor = type { type.onnxText + "[]" } else { type.onnxText }
    }
    return switch self {
    case .tensor(let element): element.onnxName
    case .sequence(let element): "seq(\(inner(element)))"
    case .optional(let content): "optional(\(inner(content)))"
    case .map(let key, let value): "map(\(key.onnxName), \(inner(value)))"
    }
  }

  /// The element types anywhere inside.
  var leaf: ElementType {
    switch self {
    case .tensor(let element): element
    case .sequence(let inner), .optional(let inner), .map(_, let inner): inner.leaf
    }
  }
}
