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
  /// Refuses inputs of types that the signature does not list, so that no evaluator has to.
  func checkTypes(_ inputs: [ExactValue?], of node: String) throws(EvaluationError) {
    guard let schema else { return }
    for (position, input) in inputs.enumerated() {
      guard let input, let formal = schema.input(at: position) else { continue }
      guard schema.allows(input.type, for: formal) else {
        throw .invalid("\(node)-\(sinceVersion): \(formal.name) is no \(input.type)")
      }
    }
  }
}
