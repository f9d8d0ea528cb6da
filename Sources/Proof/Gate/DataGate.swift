import Cases

/// Whether the data prove something, and whether every declared exemption is needed
/// (numerics §9.4).
struct DataGate {
  let selection: ProofSelection
  let proofs: [String: CaseProof]

  var findings: [ProofFinding] { undeclared + idle }

  private var undeclared: [ProofFinding] {
    selection.cases.flatMap { selected -> [ProofFinding] in
      guard let proof = proofs[selected.id] else { return [] }
      let group = selected.entry.group
      return Triviality.allCases.compactMap { trait in
        guard let detail = proof.dataFindings[trait], !group.trivial.contains(trait) else {
          return nil
        }
        return ProofFinding(
          kind: .data, operatorName: selected.operatorName, subject: selected.id,
          variant: trait.rawValue, message: detail,
          advice: "choose other inputs; where the intent is this answer, declare "
            + "trivial: [\(trait.rawValue)] in group \(group.name)",
          cases: [selected.id])
      }
    }
  }

  private var idle: [ProofFinding] {
    var needed: [String: Set<Triviality>] = [:]
    var declared: [String: (first: SelectedCase, traits: [Triviality])] = [:]
    for selected in selection.cases where !selected.entry.group.trivial.isEmpty {
      let name = ProofSelection.definition(selected.entry)
      guard selection.completeDefinitions.contains(name) else { continue }
      let traits = (declared[name]?.traits ?? []) + selected.entry.group.trivial
      declared[name] = (declared[name]?.first ?? selected, traits)
      needed[name, default: []].formUnion(proofs[selected.id]?.dataFindings.keys.map { $0 } ?? [])
    }
    return declared.sorted { $0.key < $1.key }.flatMap { name, declaration in
      Triviality.allCases.compactMap { trait in
        guard declaration.traits.contains(trait), !(needed[name] ?? []).contains(trait) else {
          return nil
        }
        return ProofFinding(
          kind: .idleExemption,
          operatorName: declaration.first.operatorName, subject: name,
          variant: trait.rawValue, message: "declared, but no case needs it",
          advice: "delete \(trait.rawValue) from trivial", cases: [declaration.first.id])
      }
    }
  }
}
