/// Variants against operators, as both the document and the page show them.
struct KillMatrix {
  /// Operators, in order.
  let operators: [String]
  let faults: [Row]
  let witnesses: [WitnessRow]

  struct Row {
    let fault: VariantEntry
    /// One cell per operator; nil where the fault applies to no case.
    let cells: [OperatorTally.Cell?]

    var sum: OperatorTally.Cell {
      var sum = OperatorTally.Cell()
      for cell in cells { if let cell { sum.add(cell) } }
      return sum
    }
  }

  struct WitnessRow {
    let witness: VariantEntry
    /// Judgements and alarms per operator, over the stored inputs.
    let cells: [(judged: Int, alarms: Int)]
  }

  init(_ summary: ProofSummary) {
    let tallies = summary.tallies
    operators = tallies.map(\.operatorName)
    faults = summary.catalogues.faults.faults.map { fault in
      Row(fault: fault, cells: tallies.map { $0.cells[fault.name] })
    }
    var counts: [String: [String: (judged: Int, alarms: Int)]] = [:]
    for selected in summary.selection.cases {
      guard let proof = summary.proofs[selected.id] else { continue }
      for name in proof.witnesses.keys {
        counts[name, default: [:]][selected.operatorName, default: (0, 0)].judged += 1
      }
      for name in proof.falseAlarms.keys {
        counts[name, default: [:]][selected.operatorName, default: (0, 0)].judged += 1
        counts[name, default: [:]][selected.operatorName, default: (0, 0)].alarms += 1
      }
    }
    let names = operators
    witnesses = summary.catalogues.witnesses.witnesses.map { witness in
      WitnessRow(
        witness: witness, cells: names.map { counts[witness.name]?[$0] ?? (0, 0) })
    }
  }
}
