import Spec
import Tensors

/// The type-variable values of one case.
struct CaseTypes {
  /// In schema order; variables whose type nothing fixes are left out.
  private(set) var bound: [(variable: String, type: ValueType)] = []

  subscript(variable: String) -> ValueType? {
    bound.first { $0.variable == variable }?.type
  }

  /// The part of a case id, e.g. `f32.i64`.
  var text: String {
    bound.isEmpty ? "any" : bound.map(\.type.caseName).joined(separator: ".")
  }

  /// Nil when the version does not allow the types, so that the combination has no case.
  static func of(
    _ group: GroupDefinition, _ schema: OperatorSchema, _ bindings: Bindings
  ) throws(SyntaxFault) -> CaseTypes? {
    var values: [String: ValueType] = [:]
    // Variables of the group that are named like type variables come first.
    for variable in schema.typeVariables {
      guard let syntax = bindings[variable.name] else { continue }
      let type = try syntax.valueType()
      guard variable.allows(type) else { return nil }
      values[variable.name] = type
    }
    guard try takeInputs(group, schema, bindings, &values) else { return nil }
    try takeOutputs(group, schema, bindings, &values)
    var result = CaseTypes()
    for variable in schema.typeVariables {
      let only = variable.types.count == 1 ? variable.types.first : nil
      if let type = values[variable.name] ?? (group.isWholeModel ? nil : only) {
        result.bound.append((variable.name, type))
      }
    }
    return result
  }

  private static func takeInputs(
    _ group: GroupDefinition, _ schema: OperatorSchema, _ bindings: Bindings,
    _ values: inout [String: ValueType]
  ) throws(SyntaxFault) -> Bool {
    guard !group.isWholeModel else { return true }
    let slots = try group.slots(schema, bindings)
    for slot in slots where slot.syntax != nil {
      let type = try slot.type(schema, bindings, slots)
      guard let formal = slot.formal else { continue }
      if group.expectation != .mustReject, !schema.allows(type, for: formal) { return false }
      if case .variable(let name) = formal.type, values[name] == nil { values[name] = type }
    }
    return true
  }

  private static func takeOutputs(
    _ group: GroupDefinition, _ schema: OperatorSchema, _ bindings: Bindings,
    _ values: inout [String: ValueType]
  ) throws(SyntaxFault) {
    for member in group.outputs?.members ?? [] {
      guard let type = member.value.members?["type"],
        let formal = schema.outputs.first(where: { $0.name == member.key }),
        case .variable(let name) = formal.type, values[name] == nil
      else { continue }
      values[name] = try bindings.resolve(type).valueType()
    }
  }

  /// Whether any output can hold a number that is not an integer.
  func hasInexactOutput(_ schema: OperatorSchema) -> Bool {
    schema.outputs.contains { output in
      let leaf: ElementType? =
        switch output.type {
        case .concrete(let type): type.leaf
        case .variable(let name): self[name]?.leaf
        }
      guard let leaf else { return true }
      return switch leaf.meaning {
      case .float, .complex: true
      case .integer, .bool, .string: false
      }
    }
  }
}

extension AccuracyClass {
  /// The class of a case whose outputs are integers, bools or strings only: exact, where the
  /// class is about rounding.
  func effective(hasInexactOutput: Bool) -> AccuracyClass {
    switch self {
    case .rounded, .elementwise, .accumulated, .product, .composite:
      hasInexactOutput ? self : .exact
    case .exact, .quantised, .indices, .random, .model: self
    }
  }
}
