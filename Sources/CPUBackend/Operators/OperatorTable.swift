/// The registered operators by name.
enum OperatorTable {
  /// The implementation of an operator; nil when there is none.
  static func kernel(domain: String, name: String) -> (any OperatorKernel.Type)? {
    byName[SignatureTable.Key(domain: domain, name: name)]
  }

  /// Every registered operator, ordered by domain and name.
  static let all = OperatorRegistry.all.sorted { ($0.domain, $0.name) < ($1.domain, $1.name) }

  private static let byName = Dictionary(
    OperatorRegistry.all.map { (SignatureTable.Key(domain: $0.domain, name: $0.name), $0) },
    uniquingKeysWith: { first, _ in first })
}
