import ModelFormat
import Spec
import Tensors

/// One input of the node: its name in the graph, and what the file says about it.
struct InputSlot {
  /// Empty for an input that is left out.
  let name: String
  let formal: FormalParameter?
  /// Unresolved but for its outermost reference; nil when left out.
  let syntax: Syntax?
}

extension GroupDefinition {
  /// The inputs in the order of the schema, one slot each for the members of a variadic input.
  func slots(
    _ schema: OperatorSchema, _ bindings: Bindings
  ) throws(SyntaxFault) -> [InputSlot] {
    var slots: [InputSlot] = []
    switch inputs {
    case .named(let members):
      for member in members where !schema.inputs.contains(where: { $0.name == member.key }) {
        throw .unknown(
          "input of \(schema.name)-\(schema.sinceVersion)", member.key, at: member.line,
          known: schema.inputs.map(\.name))
      }
      for formal in schema.inputs {
        slots += try Self.slots(formal, members[formal.name], bindings)
      }
    case .positional(let elements):
      for (position, element) in elements.enumerated() {
        let formal = schema.input(at: position)
        let name = formal.map { $0.isVariadic ? "\($0.name)_\(position)" : $0.name }
        slots += [try Self.slot(name ?? "extra_\(position)", formal, element, bindings)]
      }
    }
    while let last = slots.last, last.syntax == nil, !isWritten(last) { slots.removeLast() }
    if expectation != .mustReject {
      try checkRequired(slots, schema)
    }
    return slots
  }

  /// `omitted` is written as an empty name even at the end; what is not mentioned is cut off.
  private func isWritten(_ slot: InputSlot) -> Bool {
    switch inputs {
    case .positional: true
    case .named(let members): slot.formal.map { members[$0.name] != nil } ?? false
    }
  }

  private func checkRequired(
    _ slots: [InputSlot], _ schema: OperatorSchema
  ) throws(SyntaxFault) {
    for (position, formal) in schema.inputs.enumerated() where formal.option == .single {
      guard position < slots.count, slots[position].syntax != nil else {
        throw SyntaxFault(
          line, "input \"\(formal.name)\" of \(schema.name)-\(schema.sinceVersion) is missing",
          remedy: "give it, or expect: must-reject")
      }
    }
  }

  private static func slots(
    _ formal: FormalParameter, _ syntax: Syntax?, _ bindings: Bindings
  ) throws(SyntaxFault) -> [InputSlot] {
    guard let syntax else {
      return formal.isVariadic ? [] : [InputSlot(name: "", formal: formal, syntax: nil)]
    }
    guard formal.isVariadic else { return [try slot(formal.name, formal, syntax, bindings)] }
    let outer = syntax.text == nil ? syntax : try bindings.resolve(syntax)
    var elements = outer.elements ?? [outer]
    if let repeated = outer.members?["repeat"] {
      let count = try bindings.resolve(repeated).requireInt("repeat")
      guard (0...4096).contains(count) else {
        throw SyntaxFault(repeated.line, "repeat must lie in 0 ... 4096")
      }
      elements = Array(repeating: outer, count: count)
    }
    var slots: [InputSlot] = []
    for (position, element) in elements.enumerated() {
      slots.append(try slot("\(formal.name)_\(position)", formal, element, bindings))
    }
    return slots
  }

  private static func slot(
    _ name: String, _ formal: FormalParameter?, _ syntax: Syntax, _ bindings: Bindings
  ) throws(SyntaxFault) -> InputSlot {
    let outer = syntax.text == nil ? syntax : try bindings.resolve(syntax)
    if outer.isWord("omitted") || outer.isNull {
      return InputSlot(name: "", formal: formal, syntax: nil)
    }
    guard outer.members != nil else {
      throw SyntaxFault(syntax.line, "an input must be {type, shape, fill …} or omitted")
    }
    return InputSlot(name: name, formal: formal, syntax: outer)
  }
}

extension InputSlot {
  /// The type the input has, from its text, its formal parameter or a bound type variable.
  func type(
    _ schema: OperatorSchema, _ bindings: Bindings, _ others: [InputSlot]
  ) throws(SyntaxFault) -> ValueType {
    guard let syntax, let members = syntax.members else {
      throw SyntaxFault(0, "an input that is left out has no type")
    }
    if let target = members["same-as"] {
      let name = try bindings.resolve(target).requireText("same-as")
      guard let other = others.first(where: { $0.name == name }), other.name != self.name else {
        throw .unknown("input", name, at: target.line, known: others.map(\.name))
      }
      return try other.type(schema, bindings, others.filter { $0.name != self.name })
    }
    return try Self.type(of: syntax, bindings, expected: expectedType(schema, bindings))
  }

  /// What the signature says, where that is one type.
  private func expectedType(
    _ schema: OperatorSchema, _ bindings: Bindings
  ) throws(SyntaxFault) -> ValueType? {
    switch formal?.type {
    case nil: return nil
    case .concrete(let type)?: return type
    case .variable(let name)?:
      if let bound = bindings[name] { return try bound.valueType() }
      let types = schema.typeVariable(name)?.types ?? []
      return types.count == 1 ? types[0] : nil
    }
  }

  /// The type of `{type, …}`, `{sequence: …}`, `{optional: …}` or `{map: …}`.
  static func type(
    of syntax: Syntax, _ bindings: Bindings, expected: ValueType?
  ) throws(SyntaxFault) -> ValueType {
    let members = try syntax.requireMembers("an input")
    let written = try members["type"].map { node throws(SyntaxFault) in
      try bindings.resolve(node).valueType()
    }
    if ["sequence", "optional", "map"].contains(where: { members[$0] != nil }) {
      if let written { return written }
      if let expected { return expected }
      throw SyntaxFault(
        syntax.line, "the type of the value is not known", remedy: "write type: {sequence: f32}")
    }
    guard let type = written ?? expected else {
      throw SyntaxFault(
        syntax.line, "the type of the input is not known",
        remedy: "write type:, or bind the type variable in for:")
    }
    return type
  }
}
