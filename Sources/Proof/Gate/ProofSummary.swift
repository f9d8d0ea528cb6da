import Cases

/// What all proofs of a selection say together.
package struct ProofSummary: Sendable {
  package let selection: ProofSelection
  package let catalogues: Catalogues
  /// The proofs of the stored inputs by case id.
  package let proofs: [String: CaseProof]
  /// The same for each set of inputs: the stored ones, then the fresh ones.
  package let rounds: [[String: CaseProof]]
  /// Survivors first.
  package private(set) var findings: [ProofFinding]
  /// Judgements over witnesses, of stored and fresh inputs.
  package let judgements: Int
  package let falseAlarms: Int
  /// Cases by witness that were judged, passed or not.
  package let witnessCounts: [String: Int]

  /// `seeds`: the seeds of fresh inputs that belong to the selection.
  package init(
    selection: ProofSelection, catalogues: Catalogues,
    proofs all: [ProofJournal.Place: CaseProof], seeds: [String] = []
  ) {
    self.selection = selection
    self.catalogues = catalogues
    let ids = Set(selection.cases.map(\.id))
    var bySeed: [String?: [String: CaseProof]] = [nil: [:]]
    for (place, proof) in all where ids.contains(place.caseID) {
      bySeed[place.seed, default: [:]][place.caseID] = proof
    }
    let stored = bySeed[nil] ?? [:]
    proofs = stored
    rounds = [stored] + seeds.compactMap { bySeed[$0] }
    let witness = WitnessGate(
      selection: selection, rounds: rounds,
      witnesses: catalogues.witnesses.witnesses)
    judgements = witness.judgements
    witnessCounts = Self.counts(witness.rounds)
    let alarms = witness.findings
    falseAlarms = alarms.count
    let mutants = MutantGate(
      selection: selection, proofs: stored, faults: catalogues.faults.faults
    ).findings
    let data = DataGate(selection: selection, proofs: stored).findings
    findings = Self.ordered(Self.single(selection, stored) + mutants + alarms + data)
  }

  /// The same with further findings.
  package func adding(_ more: [ProofFinding]) -> ProofSummary {
    var summary = self
    summary.findings = Self.ordered(findings + more)
    return summary
  }

  private static func ordered(_ findings: [ProofFinding]) -> [ProofFinding] {
    findings.enumerated().sorted {
      ($0.element.kind, $0.offset) < ($1.element.kind, $1.offset)
    }.map(\.element)
  }

  private static func counts(_ rounds: [[String: CaseProof]]) -> [String: Int] {
    var counts: [String: Int] = [:]
    for proof in rounds.lazy.flatMap(\.values) {
      for name in proof.witnesses.keys { counts[name, default: 0] += 1 }
      for name in proof.falseAlarms.keys { counts[name, default: 0] += 1 }
    }
    return counts
  }

  /// Findings that one case alone shows.
  private static func single(
    _ selection: ProofSelection, _ proofs: [String: CaseProof]
  ) -> [ProofFinding] {
    selection.cases.flatMap { selected -> [ProofFinding] in
      let (id, name) = (selected.id, selected.operatorName)
      guard let proof = proofs[id] else { return [] }
      var findings = proof.refused.sorted { $0.key < $1.key }.map {
        ProofFinding(
          kind: .refused, operatorName: name, subject: id, variant: $0.key, message: $0.value,
          advice:
            "let it say \"\(VariantCatalogue.notApplicable)…\" where it has nothing to change",
          cases: [id])
      }
      if case .broken(let reason) = proof.subject {
        findings.append(
          ProofFinding(
            kind: .broken, operatorName: name, subject: id, variant: "", message: reason,
            advice: "assay reproduce '\(id)' --backend cpu", cases: [id]))
      }
      return findings
    }
  }

  /// Cases that a finding names.
  package var failedCases: Set<String> { Set(findings.flatMap(\.cases)) }

  package var failed: Int { failedCases.count }

  /// Cases with nothing to prove, or that the bundled backend does not compute.
  package var skipped: Int {
    let failed = failedCases
    return selection.cases.count { selected in
      guard !failed.contains(selected.id) else { return false }
      switch proofs[selected.id]?.subject {
      case .proven, .broken: return false
      case .exempt, .declined, nil: return true
      }
    }
  }

  package var passed: Int { selection.cases.count - failed - skipped }

  /// Runs of witnesses without a verdict, because their mode leaves open what is right.
  package var undecided: Int {
    selection.cases.reduce(0) { $0 + (proofs[$1.id]?.undecided.count ?? 0) }
  }

  /// Cases the journal does not hold.
  package var missing: Int { selection.cases.count { proofs[$0.id] == nil } }
}
