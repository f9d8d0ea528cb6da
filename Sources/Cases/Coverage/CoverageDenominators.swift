import Spec

/// What the standard's table offers to cover: the denominators, counted from the table alone.
struct CoverageDenominators {
  /// The operator sets of `ai.onnx` that the suite covers natively.
  static let window = 9...28

  private let standard: Standard

  init(_ standard: Standard) { self.standard = standard }

  /// All names of one denominator, in the table's order.
  func names(_ kind: CoverageKind) -> [CoverageName] {
    switch kind {
    case .versionsInForce: schemas { domain, schema, end in domain.isEmpty && reaches(schema, end) }
    case .versionsBefore: schemas { domain, schema, end in domain.isEmpty && !reaches(schema, end) }
    case .versionsElsewhere: schemas { domain, _, _ in !domain.isEmpty }
    case .newestOperators: newest.map { CoverageName($0, detail: nil) }
    case .slots: newest.flatMap(slots)
    case .slotsInForce:
      live { $0.isEmpty && reaches($1, $2) }.flatMap { schema in
        slots(schema).map { CoverageName(schema, detail: $0.detail) }
      }
    case .attributes:
      newestAndDeprecated.flatMap { schema in
        schema.attributes.keys.sorted().map { CoverageName(schema, detail: $0) }
      }
    case .accepted, .rejected: []
    }
  }

  /// Whether a version is in force somewhere in the window, and not to be replaced by then.
  private func reaches(_ schema: OperatorSchema, _ end: Int) -> Bool {
    end >= Self.window.lowerBound && !schema.isDeprecated
  }

  private func schemas(
    where isWanted: (String, OperatorSchema, Int) -> Bool
  ) -> [CoverageName] {
    live(where: isWanted).map { CoverageName($0, detail: nil) }
  }

  /// Versions by domain, schema and the last operator set in which they are in force.
  private func live(
    where isWanted: (String, OperatorSchema, Int) -> Bool
  ) -> [OperatorSchema] {
    standard.operators.flatMap { domain, name -> [OperatorSchema] in
      let all = standard.schemas(domain: domain, operator: name)
      return all.indices.compactMap { index in
        let end = index + 1 < all.count ? all[index + 1].sinceVersion - 1 : Int.max
        return isWanted(domain, all[index], end) ? all[index] : nil
      }
    }
  }

  private var newestAndDeprecated: [OperatorSchema] {
    standard.operators.compactMap {
      standard.schemas(domain: $0.domain, operator: $0.name).last
    }
  }

  private var newest: [OperatorSchema] { newestAndDeprecated.filter { !$0.isDeprecated } }

  /// Type variables with each type that they may stand for.
  private func slots(_ schema: OperatorSchema) -> [CoverageName] {
    schema.typeVariables.flatMap { variable in
      variable.types.map { CoverageName(schema, detail: "\(variable.name)=\($0.caseName)") }
    }
  }
}
