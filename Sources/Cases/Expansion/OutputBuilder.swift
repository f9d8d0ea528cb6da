import ModelFormat
import Spec
import Tensors

/// Decides which outputs a case wants and what is declared about them.
struct OutputBuilder {
  let definition: GroupDefinition
  let schema: OperatorSchema
  let bindings: Bindings
  /// Names that inputs have taken.
  let used: Set<String>

  /// The outputs in schema order; an empty name skips one that is not wanted.
  func outputs() throws(SyntaxFault) -> [ValueInfo] {
    guard let written = definition.outputs else { return try defaults() }
    let syntax = try bindings.resolve(written)
    let members = try Self.members(syntax)
    for member in members where !schema.outputs.contains(where: { $0.name == member.key }) {
      throw .unknown(
        "output of \(schema.name)-\(schema.sinceVersion)", member.key, at: member.line,
        known: schema.outputs.map(\.name))
    }
    var result: [ValueInfo] = []
    for formal in schema.outputs {
      guard let member = members.first(where: { $0.key == formal.name }) else {
        result.append(ValueInfo(name: "", type: nil))
        continue
      }
      result += try infos(formal, member.value)
    }
    return result
  }

  /// A plain list of names is a mapping without further demands.
  private static func members(_ syntax: Syntax) throws(SyntaxFault) -> [Syntax.Member] {
    guard let elements = syntax.elements else { return try syntax.requireMembers("outputs") }
    var members: [Syntax.Member] = []
    for element in elements {
      members.append(
        .init(
          key: try element.requireText("outputs"), line: element.line,
          value: Syntax(.map([]), line: element.line)))
    }
    return members
  }

  /// All required outputs, and the least number of a variadic one.
  private func defaults() throws(SyntaxFault) -> [ValueInfo] {
    var result: [ValueInfo] = []
    for (position, formal) in schema.outputs.enumerated() {
      switch formal.option {
      case .single: result.append(try info(formal, formal.name, nil))
      case .optional:
        // A node whose outputs are all optional must still have one.
        if position == 0 { result.append(try info(formal, formal.name, nil)) }
      case .variadic(let least, _):
        for index in 0..<max(least, 1) {
          result.append(try info(formal, "\(formal.name)_\(index)", nil))
        }
      }
    }
    return result
  }

  private func infos(
    _ formal: FormalParameter, _ syntax: Syntax
  ) throws(SyntaxFault) -> [ValueInfo] {
    if syntax.isWord("omitted") { return [ValueInfo(name: "", type: nil)] }
    guard formal.isVariadic else { return [try info(formal, formal.name, syntax)] }
    let count = syntax.text == nil ? 1 : try syntax.requireInt("the number of \(formal.name)")
    let specification = syntax.elements
    var result: [ValueInfo] = []
    for index in 0..<(specification?.count ?? max(count, 0)) {
      let entry = specification?[index] ?? (syntax.members == nil ? nil : syntax)
      result.append(try info(formal, "\(formal.name)_\(index)", entry))
    }
    return result
  }

  private func info(
    _ formal: FormalParameter, _ name: String, _ syntax: Syntax?
  ) throws(SyntaxFault) -> ValueInfo {
    let members = syntax?.members ?? []
    try members.requireKeys(["type", "shape"])
    let written = try members["type"]?.valueType()
    let type = if let written { written } else { try derivedType(formal) }
    let shape = try members["shape"]?.shape()
    return ValueInfo(
      name: used.contains(name) ? name + "_out" : name, type: type,
      shape: shape.map { $0.map { .fixed($0) } })
  }

  private func derivedType(_ formal: FormalParameter) throws(SyntaxFault) -> ValueType {
    switch formal.type {
    case .concrete(let type): return type
    case .variable(let name):
      if let type = try CaseTypes.of(definition, schema, bindings)?[name] { return type }
      // A refused model needs some declaration; which one does not matter.
      if definition.expectation == .mustReject, let type = schema.typeVariable(name)?.types.first {
        return type
      }
      throw SyntaxFault(
        definition.line, "the type of output \"\(formal.name)\" is not known",
        remedy: "write outputs: {\(formal.name): {type: …}}")
    }
  }
}
