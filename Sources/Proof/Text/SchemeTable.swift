import Reports
import Verification

/// How many wrong and right kernels the rules of other suites accept and reject on our cases.
package struct SchemeTable: Sendable {
  private let summary: ProofSummary

  package init(_ summary: ProofSummary) { self.summary = summary }

  /// One operator's kernel with one fault.
  private struct Kernel: Hashable {
    let operatorName: String
    let fault: String
  }

  private struct Row {
    var accepted = 0
    var wrong = 0
    /// Kernels that a rule rejects in no case and accepts in some; all that it judges.
    var acceptedKernels: Set<Kernel> = []
    var rejectedKernels: Set<Kernel> = []
    var rejected = 0
    var right = 0
  }

  /// A row per scheme, our own rule first.
  package var text: String {
    var table = TextTable([
      "scheme", "wrong results accepted", "of", "wrong kernels accepted", "of",
      "right results rejected", "of",
    ])
    table.append(cells("Assay", ownRow))
    for scheme in Scheme.all { table.append(cells(scheme.title, row(of: scheme.name))) }
    return table.lines.joined(separator: "\n")
  }

  private func cells(_ title: String, _ row: Row) -> [String] {
    let survivors = row.acceptedKernels.subtracting(row.rejectedKernels).count
    let kernels = row.acceptedKernels.union(row.rejectedKernels).count
    return [title]
      + [row.accepted, row.wrong, survivors, kernels, row.rejected, row.right].map {
        NumberText.grouped($0)
      }
  }

  private var ownRow: Row {
    var row = Row()
    for selected in summary.selection.cases {
      guard let proof = summary.proofs[selected.id] else { continue }
      row.accepted += proof.survived.count
      row.wrong += proof.changed
      row.rejected += proof.falseAlarms.count
      row.right += proof.witnesses.count + proof.falseAlarms.count
      for fault in proof.survived.keys {
        row.acceptedKernels.insert(Kernel(operatorName: selected.operatorName, fault: fault))
      }
      for fault in proof.killed.values.joined() {
        row.rejectedKernels.insert(Kernel(operatorName: selected.operatorName, fault: fault))
      }
    }
    return row
  }

  private func row(of scheme: String) -> Row {
    var row = Row()
    for selected in summary.selection.cases {
      guard let outcomes = summary.proofs[selected.id]?.schemes[scheme] else { continue }
      row.accepted += outcomes.acceptedFaults.count
      row.wrong += outcomes.acceptedFaults.count + outcomes.rejectedFaults.count
      row.rejected += outcomes.rejectedWitnesses.count
      row.right += outcomes.rejectedWitnesses.count + outcomes.acceptedWitnesses.count
      for fault in outcomes.acceptedFaults {
        row.acceptedKernels.insert(Kernel(operatorName: selected.operatorName, fault: fault))
      }
      for fault in outcomes.rejectedFaults {
        row.rejectedKernels.insert(Kernel(operatorName: selected.operatorName, fault: fault))
      }
    }
    return row
  }
}
