/// How much of the standard the cases of a catalogue reach, as a of b with every name.
package struct Coverage: Sendable {
  package struct Row: Sendable {
    package let kind: CoverageKind
    package let covered: [CoverageName]
    package let missing: [CoverageName]
  }

  package let rows: [Row]

  /// What the cases of a tier reach.
  /// - Throws: `CaseFileError` of the first case whose model cannot be made.
  package init(of catalogue: CaseCatalogue, tier: Tier) throws(CaseFileError) {
    let found = try CoveredNames(of: catalogue, tier: tier)
    let denominators = CoverageDenominators(catalogue.standard)
    rows = CoverageKind.allCases.map { kind in
      let reached: Set<CoverageName>
      var names = denominators.names(kind)
      switch kind {
      case .versionsInForce, .versionsBefore, .versionsElsewhere, .newestOperators:
        reached = found.versions
      case .slots, .slotsInForce: reached = found.slots
      case .attributes: reached = found.attributes
      case .functions: reached = found.functions
      case .accepted:
        (reached, names) = (found.accepted, Self.labels(of: catalogue) { _ in true })
      case .rejected:
        (reached, names) = (found.rejected, Self.labels(of: catalogue) { !$0.isBehaviour })
      }
      return Row(
        kind: kind, covered: names.filter(reached.contains),
        missing: names.filter { !reached.contains($0) })
    }
  }

  /// Labelled constraints of all files of operators.
  private static func labels(
    of catalogue: CaseCatalogue, where isWanted: (Constraint) -> Bool
  ) -> [CoverageName] {
    var seen: Set<String> = []
    var names: [CoverageName] = []
    for entry in catalogue.entries where !entry.group.isModel {
      let group = entry.group
      guard seen.insert(group.domain + "/" + group.operatorName).inserted else { continue }
      names += catalogue.constraints(of: entry).filter(isWanted).map {
        CoverageName(
          domain: group.domain, operator: group.operatorName, since: nil, detail: $0.label)
      }
    }
    return names
  }
}
