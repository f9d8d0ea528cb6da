import Spec

/// What the standard's table offers to cover: the denominators, counted from the table alone.
struct CoverageDenominators {
  /// The operator sets of `ai.onnx` that the suite covers natively.
  static let window = 9...28

  private let standard: Standard

  init(_ standard: Standard) { self.standard = standard }

  /// All names of one denominator, in the table's order; none for labelled constraints, which the
  /// table does not know.
  func names(_ kind: CoverageKind) -> [CoverageName] {
    switch kind {
    case .versionsInForce: inForce.map { CoverageName($0) }
    case .versionsBefore:
      versions { $0.domain.isEmpty && !isInForce($0, until: $1) }.map { CoverageName($0) }
    case .versionsElsewhere:
      versions { schema, _ in !schema.domain.isEmpty }.map { CoverageName($0) }
    case .newestOperators: newest.filter { !$0.isDeprecated }.map { CoverageName($0) }
    case .slots: newest.filter { !$0.isDeprecated }.flatMap(slots)
    case .slotsInForce: inForce.flatMap(slots)
    case .attributes:
      newest.filter { !$0.isDeprecated }.flatMap { schema in
        schema.attributes.keys.sorted().map { CoverageName(schema, detail: $0) }
      }
    case .functions:
      newest.filter { !$0.isDeprecated && $0.function != .none }.map { CoverageName($0) }
    case .accepted, .rejected: []
    }
  }

  private var inForce: [OperatorSchema] {
    versions { $0.domain.isEmpty && isInForce($0, until: $1) }
  }

  /// Whether a version that is in force up to an operator set is so somewhere in the window.
  private func isInForce(_ schema: OperatorSchema, until end: Int) -> Bool {
    end >= Self.window.lowerBound && !schema.isDeprecated
  }

  /// Versions chosen by their schema and the last operator set in which they are in force.
  private func versions(
    where isWanted: (_ schema: OperatorSchema, _ end: Int) -> Bool
  ) -> [OperatorSchema] {
    standard.operators.flatMap { domain, name -> [OperatorSchema] in
      let all = standard.schemas(domain: domain, operator: name)
      return all.indices.compactMap { index in
        let end = index + 1 < all.count ? all[index + 1].sinceVersion - 1 : Int.max
        return isWanted(all[index], end) ? all[index] : nil
      }
    }
  }

  private var newest: [OperatorSchema] { versions { _, end in end == .max } }

  /// Type variables with each type that they may stand for.
  private func slots(_ schema: OperatorSchema) -> [CoverageName] {
    schema.typeVariables.flatMap { variable in
      variable.types.map { CoverageName(schema, detail: "\(variable.name)=\($0.caseName)") }
    }
  }
}
