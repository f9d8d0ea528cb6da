/// All evaluators by domain and operator name.
package enum EvaluatorRegistry {
  private struct Key: Hashable {
    let domain: String
    let name: String
  }

  private static let byKey: [Key: any Evaluator.Type] = Dictionary(
    uniqueKeysWithValues: OperatorRegistry.all.map { (Key(domain: $0.domain, name: $0.name), $0) })

  /// The evaluator of an operator, nil when there is none.
  package static func evaluator(domain: String, name: String) -> (any Evaluator.Type)? {
    byKey[Key(domain: domain, name: name)]
  }
}
