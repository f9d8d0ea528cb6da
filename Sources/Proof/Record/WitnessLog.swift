import CanonicalJSON

/// How much of each bound right results use, as JSON lines: one for each witness, case and set of
/// inputs, in this order.
package enum WitnessLog {
  static let schema = "assay.witness-log.v1"

  /// `ratio` is the largest |error|/bound of all elements, 0 where no element is judged by a bound;
  /// a witness that failed has `alarm`, its verdict in words, in its place.
  package static func bytes(_ summary: ProofSummary) -> [UInt8] {
    var bytes: [UInt8] = []
    let selected = summary.selection.cases.map(\.id).sorted()
    for witness in summary.catalogues.witnesses.witnesses.sorted(by: { $0.name < $1.name }) {
      for id in selected {
        for round in summary.rounds {
          guard let proof = round[id], let result = result(of: witness.name, in: proof) else {
            continue
          }
          var members: JSONObject = [
            "schema": .string(schema), "case": .string(id), "witness": .string(witness.name),
            "mode": .string(witness.mode), result.name: result.value,
          ]
          if let seed = proof.seed { members["seed"] = .string(seed) }
          bytes += JSON.object(members).canonicalBytes + [0x0A]
        }
      }
    }
    return bytes
  }

  private static func result(
    of witness: String, in proof: CaseProof
  ) -> (name: String, value: JSON)? {
    if let alarm = proof.falseAlarms[witness] { return ("alarm", .string(alarm)) }
    if proof.undecided.contains(witness) { return ("undecided", .bool(true)) }
    return proof.witnesses[witness].map { ("ratio", .real($0.ratio)) }
  }
}
