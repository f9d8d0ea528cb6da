/// The outcomes of all faults in the cases of one operator.
package struct OperatorTally: Hashable, Sendable {
  /// Outcomes of one fault over cases.
  package struct Cell: Hashable, Sendable {
    package var killed = 0
    package var survived = 0
    package var equivalent = 0
    package var open = 0

    package var changed: Int { killed + survived }

    mutating func add(_ other: Cell) {
      killed += other.killed
      survived += other.survived
      equivalent += other.equivalent
      open += other.open
    }
  }

  package let operatorName: String
  package private(set) var cases = 0
  /// By fault; faults that apply to no case are left out.
  package private(set) var cells: [String: Cell] = [:]
  package private(set) var judgements = 0
  package private(set) var falseAlarms = 0
  package private(set) var dataFindings = 0

  init(_ operatorName: String) { self.operatorName = operatorName }

  mutating func add(_ proof: CaseProof) {
    cases += 1
    for name in proof.killed.values.joined() { cells[name, default: Cell()].killed += 1 }
    for name in proof.survived.keys { cells[name, default: Cell()].survived += 1 }
    for name in proof.equivalent { cells[name, default: Cell()].equivalent += 1 }
    for name in proof.open.keys { cells[name, default: Cell()].open += 1 }
    judgements += proof.witnesses.count + proof.falseAlarms.count
    falseAlarms += proof.falseAlarms.count
  }

  mutating func addDataFinding() { dataFindings += 1 }

  /// The sum over the faults of a severity, or over all.
  package func sum(_ severity: FaultSeverity?, of catalogue: VariantCatalogue) -> Cell {
    var sum = Cell()
    for fault in catalogue.faults where severity == nil || fault.severity == severity {
      guard let cell = cells[fault.name] else { continue }
      sum.add(cell)
    }
    return sum
  }
}

extension ProofSummary {
  /// One tally per operator, by name.
  package var tallies: [OperatorTally] {
    var tallies: [String: OperatorTally] = [:]
    for selected in selection.cases {
      guard let proof = proofs[selected.id] else { continue }
      let name = selected.operatorName
      tallies[name, default: OperatorTally(name)].add(proof)
    }
    for finding in findings where finding.kind == .data || finding.kind == .idleExemption {
      tallies[finding.operatorName]?.addDataFinding()
    }
    return tallies.values.sorted { $0.operatorName < $1.operatorName }
  }
}
