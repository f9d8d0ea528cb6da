import Cases
import Spec
import Verification

/// Whether every fault dies where its severity demands it (numerics §9.2).
struct MutantGate {
  /// The share of a group's changed cases in which a precision fault has to die.
  static let precisionShare = 0.9

  let selection: ProofSelection
  let proofs: [String: CaseProof]
  let faults: [VariantEntry]

  var findings: [ProofFinding] {
    var survivors: Set<String> = []
    for selected in selection.cases {
      if let proof = proofs[selected.id] { survivors.formUnion(proof.survived.keys) }
    }
    var findings: [ProofFinding] = []
    for fault in faults where survivors.contains(fault.name) {
      switch fault.severity {
      case .gross: findings += gross(fault)
      case .precision: findings += precision(fault)
      case .special: findings += special(fault)
      case nil: break
      }
    }
    return findings
  }

  private func gross(_ fault: VariantEntry) -> [ProofFinding] {
    selection.cases.compactMap { selected in
      guard let passage = proofs[selected.id]?.survived[fault.name] else { return nil }
      return ProofFinding(
        kind: .gross, operatorName: selected.operatorName, subject: selected.id,
        variant: fault.name, message: "passes, \(Self.distance(passage.ratio))",
        advice: "choose inputs that the fault moves by more than the bound", cases: [selected.id])
    }
  }

  /// Body forms are left to the node's own groups: each step of a body is rounded to the element
  /// type, and in types of 16 bits that is more than these faults do.
  private func precision(_ fault: VariantEntry) -> [ProofFinding] {
    selection.groups.compactMap { group -> ProofFinding? in
      let survivors = group.cases.filter { proofs[$0.id]?.survived[fault.name] != nil }
      guard let first = survivors.first, selection.completeGroups.contains(group.id) else {
        return nil
      }
      if first.entry.form == .body { return nil }
      let dead = group.cases.count { proofs[$0.id]?.kills(fault.name) ?? false }
      let left =
        poolFailure(fault, group.cases) == nil
        ? survivors : survivors.filter { proofs[$0.id]?.survived[fault.name]?.pooled == [] }
      let changed = dead + survivors.count
      let killed = changed - left.count
      if killed > 0, Double(killed) >= Self.precisionShare * Double(changed) { return nil }
      return ProofFinding(
        kind: .precision, operatorName: first.operatorName, subject: group.id,
        variant: fault.name,
        message: "dies in \(killed) of \(changed) cases; \(closest(left, fault))",
        advice: "use inputs that make the fault's error larger than the bound, or more elements, "
          + "so that the distribution shows it",
        cases: left.map(\.id))
    }
  }

  /// The rule that the pooled errors of the group break under a fault; nil when they break none.
  private func poolFailure(_ fault: VariantEntry, _ cases: [SelectedCase]) -> String? {
    guard let group = cases.first?.entry.group, group.twin == .random else { return nil }
    var pool = GroupPool(mode: .strict, accuracyClass: group.accuracyClass)
    for selected in cases {
      guard let proof = proofs[selected.id], !proof.kills(fault.name) else { continue }
      for errors in (proof.survived[fault.name] ?? proof.plain).pooled { pool.add(errors.metrics) }
    }
    return pool.failure
  }

  private func special(_ fault: VariantEntry) -> [ProofFinding] {
    var survivors: [String: [SelectedCase]] = [:]
    var killed: Set<String> = []
    for selected in selection.cases {
      guard let proof = proofs[selected.id] else { continue }
      if proof.kills(fault.name) { killed.insert(selected.operatorName) }
      // What changes body forms alone is the fault of an operator inside, whose own cases hunt it.
      if proof.survived[fault.name] != nil, selected.entry.form != .body {
        survivors[selected.operatorName, default: []].append(selected)
      }
    }
    return survivors.filter {
      !killed.contains($0.key) && selection.completeOperators.contains($0.key)
    }.sorted { $0.key < $1.key }.map { name, cases in
      ProofFinding(
        kind: .special, operatorName: name, subject: name, variant: fault.name,
        message: "changes \(cases.count) cases and dies in none; \(closest(cases, fault))",
        advice: "add a case with the value or attribute that the fault gets wrong",
        cases: cases.map(\.id))
    }
  }

  private func closest(_ cases: [SelectedCase], _ fault: VariantEntry) -> String {
    let ratios = cases.compactMap { selected in
      (proofs[selected.id]?.survived[fault.name]?.ratio).map { (selected.id, $0) }
    }
    guard let worst = ratios.max(by: { $0.1 < $1.1 }) else { return "" }
    return "closest in \(worst.0), \(Self.distance(worst.1))"
  }

  private static func distance(_ ratio: Double) -> String {
    ratio == 0 ? "no judged element off" : "at \(FigureText.short(ratio)) of the bound"
  }
}

extension CaseProof {
  /// Whether a fault fails in this case.
  func kills(_ fault: String) -> Bool { killed.values.contains { $0.contains(fault) } }
}
