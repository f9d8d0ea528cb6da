import Cases
import Spec
import Verification

/// Whether every right way of computing passes (numerics §9.1).
struct WitnessGate {
  let selection: ProofSelection
  /// The proofs of each set of inputs: stored and fresh.
  let rounds: [[String: CaseProof]]
  let witnesses: [VariantEntry]

  /// How many judgements were made.
  var judgements: Int {
    rounds.reduce(0) { sum, proofs in
      selection.cases.reduce(sum) {
        guard let proof = proofs[$1.id] else { return $0 }
        return $0 + proof.witnesses.count + proof.falseAlarms.count
      }
    }
  }

  var findings: [ProofFinding] {
    rounds.flatMap { proofs in alarms(proofs) + pooledAlarms(proofs) }
  }

  private func alarms(_ proofs: [String: CaseProof]) -> [ProofFinding] {
    selection.cases.flatMap { selected -> [ProofFinding] in
      guard let proof = proofs[selected.id] else { return [] }
      return proof.falseAlarms.sorted { $0.key < $1.key }.map { name, message in
        ProofFinding(
          kind: .falseAlarm, operatorName: selected.operatorName,
          subject: selected.id + (proof.seed.map { ", seed \($0)" } ?? ""), variant: name,
          message: message, advice: "the bound is too narrow, or the witness is wrong",
          cases: [selected.id])
      }
    }
  }

  private func pooledAlarms(_ proofs: [String: CaseProof]) -> [ProofFinding] {
    selection.groups.flatMap { group -> [ProofFinding] in
      guard let first = group.cases.first, first.entry.group.twin == .random,
        selection.completeGroups.contains(group.id)
      else { return [] }
      return witnesses.compactMap { witness -> ProofFinding? in
        let mode = NumericMode.named[witness.mode] ?? .strict
        var pool = GroupPool(mode: mode, accuracyClass: first.entry.group.accuracyClass)
        for selected in group.cases {
          for errors in proofs[selected.id]?.witnesses[witness.name]?.pooled ?? [] {
            pool.add(errors.metrics)
          }
        }
        guard let reason = pool.failure else { return nil }
        return ProofFinding(
          kind: .falseAlarm, operatorName: first.operatorName, subject: group.id,
          variant: witness.name, message: "pooled over \(pool.elements) elements: \(reason)",
          advice: "the bound is too narrow, or the witness is wrong",
          cases: group.cases.map(\.id))
      }
    }
  }
}
