import Spec
import Tensors

/// Makes the tensors, sequences, optionals and maps of one case.
struct ValueBuilder {
  /// The key of the random stream by label.
  let key: (String) -> (UInt64, UInt64)

  init(key: @escaping (String) -> (UInt64, UInt64)) { self.key = key }

  /// Values that belong to one case.
  init(caseID: CaseID, seed: SuiteSeed) {
    self.init { label in seed.key(caseID: caseID, label: label) }
  }

  /// The value of a resolved `{type, shape, fill …}` of the given type.
  func value(_ syntax: Syntax, _ type: ValueType, label: String) throws(SyntaxFault) -> Value {
    let members = try syntax.requireMembers("an input")
    try members.requireKeys(InputSyntax.keys)
    switch type {
    case .tensor(let element): return .tensor(try tensor(members, element, syntax.line, label))
    case .sequence(let element):
      guard let list = members["sequence"] else {
        throw SyntaxFault(syntax.line, "a sequence is written {sequence: [{shape, fill}, …]}")
      }
      var values: [Value] = []
      for (position, entry) in try list.requireElements("sequence").enumerated() {
        values.append(try value(entry, element, label: "\(label)/\(position)"))
      }
      return .sequence(values, element: element)
    case .optional(let content):
      guard let inner = members["optional"] else {
        throw SyntaxFault(syntax.line, "an optional is written {optional: none} or {optional: {…}}")
      }
      if inner.isWord("none") { return .optional(nil, content: content) }
      return .optional(try value(inner, content, label: label), content: content)
    case .map(let key, let content): return try map(members, key, content, syntax.line, label)
    }
  }

  /// A map: its keys, and a tensor of as many values.
  private func map(
    _ members: [Syntax.Member], _ key: ElementType, _ content: ValueType, _ line: Int,
    _ label: String
  ) throws(SyntaxFault) -> Value {
    guard let inner = members["map"], case .tensor(let element) = content else {
      throw SyntaxFault(line, "a map is written {map: {keys: […], fill}} or {…, values: […]}")
    }
    let parts = try inner.requireMembers("a map")
    try parts.requireKeys(["keys", "fill", "values", "place"])
    guard let list = parts["keys"] else { throw SyntaxFault(inner.line, "a map needs keys") }
    let texts = try list.flattenedTexts()
    guard Set(texts.map { Array($0.utf8) }).count == texts.count else {
      throw SyntaxFault(list.line, "a map has each key once")
    }
    let keys: Tensor
    do throws(FillError) {
      keys = try Fill.values(texts.map { FillValue($0) }).tensor(
        type: key, shape: [texts.count], key: self.key(label + "/keys"))
    } catch {
      throw SyntaxFault(list.line, "\(error)")
    }
    var value = parts.filter { $0.key != "keys" }
    let count = Syntax(text: "\(texts.count)", line: list.line)
    value.append(
      .init(key: "shape", line: list.line, value: Syntax(.list([count]), line: list.line)))
    let column = try tensor(value, element, inner.line, label)
    guard let map = Value.map(keys: keys, column: column) else {
      throw SyntaxFault(inner.line, "values of \(element.name) cannot be held by a map")
    }
    return map
  }

  /// The tensor of resolved members.
  func tensor(
    _ members: [Syntax.Member], _ type: ElementType, _ line: Int, _ label: String
  ) throws(SyntaxFault) -> Tensor {
    var nested: Shape?
    var fill: Fill?
    var grid: ElementType?
    if let values = members["values"] {
      nested = try values.nestedShape()
      fill = .values(try values.flattenedTexts().map { FillValue($0) })
    } else if let syntax = members["fill"] {
      let specification = try FillSyntax(syntax)
      fill = try specification.fill()
      grid = try specification.grid()
    }
    guard let fill else { throw SyntaxFault(line, "an input needs fill or values") }
    let shape = try self.shape(members["shape"], type, fill, nested, line)
    let placements = try members["place"].map(PlacementSyntax.placements) ?? []
    do throws(FillError) {
      return try fill.tensor(
        type: type, shape: shape, key: key(label), grid: grid
      ).placing(placements)
    } catch {
      throw SyntaxFault(line, "\(error)")
    }
  }

  private func shape(
    _ syntax: Syntax?, _ type: ElementType, _ fill: Fill, _ nested: Shape?, _ line: Int
  ) throws(SyntaxFault) -> Shape {
    guard let syntax, !syntax.isWord("auto") else {
      if let nested { return nested }
      guard let count = fill.naturalCount(type: type) else {
        throw SyntaxFault(line, "shape is missing")
      }
      return [count]
    }
    let shape = try syntax.shape()
    if let nested, shape.elementCount != nested.elementCount {
      throw SyntaxFault(
        syntax.line, "\(nested.elementCount ?? 0) values do not fill the shape \(shape)")
    }
    guard let count = shape.elementCount, count <= Self.elementLimit else {
      throw SyntaxFault(syntax.line, "the shape \(shape) is negative or too large")
    }
    return shape
  }

  /// Larger tensors than this belong to the heavy tier's own generator.
  static let elementLimit = 1 << 28
}

extension Syntax {
  /// A list of dimensions; nested lists are flattened, so that `[2, $rest]` works.
  func shape() throws(SyntaxFault) -> Shape {
    var shape: Shape = []
    for element in try requireElements("shape") {
      if element.elements != nil {
        shape += try element.shape()
      } else {
        shape.append(try element.requireInt("a dimension"))
      }
    }
    return shape
  }
}
