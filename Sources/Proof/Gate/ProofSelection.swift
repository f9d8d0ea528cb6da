package import Cases

/// The cases a proof is about, and which groups and operators they make up completely.
package struct ProofSelection: Sendable {
  package let cases: [SelectedCase]
  /// Selected cases by group, in order.
  let groups: [(id: String, cases: [SelectedCase])]
  /// Groups of which every case is selected.
  let completeGroups: Set<String>
  /// Operators (with domain) of which every case of the ci tier is selected.
  let completeOperators: Set<String>
  /// Definitions (operator and group name) of which every case is selected.
  let completeDefinitions: Set<String>

  /// `suite`: every case there is.
  package init(_ entries: [CaseEntry], of suite: [CaseEntry]) {
    cases = entries.map { SelectedCase($0) }
    var order: [String] = []
    var groups: [String: [SelectedCase]] = [:]
    for selected in cases {
      let id = selected.entry.group.id
      if groups[id] == nil { order.append(id) }
      groups[id, default: []].append(selected)
    }
    self.groups = order.map { ($0, groups[$0] ?? []) }
    let regular = suite.filter { Tier.ci.contains($0.group.tier) }
    completeGroups = Self.complete(entries, suite) { $0.group.id }
    completeOperators = Self.complete(entries, regular) { Self.operatorName($0) }
    completeDefinitions = Self.complete(entries, suite) { Self.definition($0) }
  }

  private static func complete(
    _ selected: [CaseEntry], _ all: [CaseEntry], by name: (CaseEntry) -> String
  ) -> Set<String> {
    let chosen = Set(selected.map(\.id))
    var names = Set(selected.map(name))
    for entry in all where !chosen.contains(entry.id) { names.remove(name(entry)) }
    return names
  }

  /// `Add`, or `ml/Scaler` outside of the main domain.
  static func operatorName(_ entry: CaseEntry) -> String {
    let domain = entry.group.id.prefix { $0 != "/" }
    return domain == "onnx" ? entry.group.operatorName : "\(domain)/\(entry.group.operatorName)"
  }

  /// What the exemptions of a case file belong to: all versions and types of one group name.
  static func definition(_ entry: CaseEntry) -> String {
    "\(operatorName(entry)), group \(entry.group.name)"
  }
}
