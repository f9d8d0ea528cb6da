import ModelFormat
package import Spec

/// Finds the definition of an operator in force at an opset.
package struct VersionLookup: Sendable {
  /// What is known of the version in force.
  struct Definition: Sendable {
    let sinceVersion: Int
    /// Nil where types are left to the evaluators.
    let schema: OperatorSchema?
  }

  /// (domain, operator, opset) → the definition; nil when the opset has no such operator.
  let definition: @Sendable (String, String, Int) -> Definition?

  /// `schema`: by domain, operator and opset; inputs of types that it does not list are refused.
  package init(schema: @escaping @Sendable (String, String, Int) -> OperatorSchema?) {
    definition = { domain, name, opset in
      schema(domain, name, opset).map { Definition(sinceVersion: $0.sinceVersion, schema: $0) }
    }
  }

  /// `sinceVersion`: by domain, operator and opset, for versions without their signatures.
  package init(_ sinceVersion: @escaping @Sendable (String, String, Int) -> Int?) {
    definition = { domain, name, opset in
      sinceVersion(domain, name, opset).map { Definition(sinceVersion: $0, schema: nil) }
    }
  }
}

extension VersionLookup.Definition {
  /// Refuses a node that the signature does not admit, so that no evaluator has to: inputs of other
  /// types, too many or too few of them, attributes of other names or kinds, withdrawn versions.
  func check(_ node: Node, _ inputs: [ExactValue?]) throws(EvaluationError) {
    guard let schema else { return }
    let title = "\(node.operatorName)-\(sinceVersion)"
    guard !schema.isDeprecated else { throw .invalid("\(title) is withdrawn") }
    try Self.checkAttributes(node.attributes, schema, title)
    guard inputs.count >= schema.arity.minimumInputs,
      inputs.count <= schema.arity.maximumInputs ?? .max
    else { throw .invalid("\(title) does not take \(inputs.count) inputs") }
    for (position, input) in inputs.enumerated() {
      guard let formal = schema.input(at: position) else { continue }
      guard let input else {
        guard formal.option != .single else { throw .invalid("\(title) lacks \(formal.name)") }
        continue
      }
      guard schema.allows(input.type, for: formal) else {
        throw .invalid("\(title): \(formal.name) is no \(input.type)")
      }
    }
  }

  private static func checkAttributes(
    _ attributes: [String: Attribute], _ schema: OperatorSchema, _ title: String
  ) throws(EvaluationError) {
    for (name, attribute) in attributes.sorted(by: { $0.key < $1.key }) {
      guard let known = schema.attributes[name] else {
        throw .invalid("\(title) has no attribute \(name)")
      }
      guard known.kind == attribute.kind else {
        throw .invalid("\(title): \(name) is of kind \(attribute.kind), not \(known.kind)")
      }
    }
    for (name, attribute) in schema.attributes.sorted(by: { $0.key < $1.key })
    where attribute.isRequired && attributes[name] == nil {
      throw .invalid("\(title) lacks its attribute \(name)")
    }
  }
}
