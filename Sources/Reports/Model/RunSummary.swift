package import Verification

/// The input of every report: a description and one entry per case, ordered by case id.
///
/// Immutable, so that the counters cannot drift from the records.
package struct RunSummary: Hashable, Sendable {
  package let description: RunDescription
  package let entries: [Entry]
  package let secondJudgement: SecondJudgement?
  package let counts: Counts
  /// What the probes of the numeric mode found; empty when they were left out.
  package let probes: [ProbeRecord]

  /// Takes one record per case, in any order, and the ids of the mandatory cases.
  ///
  /// Throws ``ReportError/duplicateCase(_:)`` when two records share an id and
  /// ``ReportError/invalidTimestamp(_:)`` when the start time has another form.
  package init(
    _ description: RunDescription, records: [CaseRecord], mandatory: Set<String>,
    secondJudgement: SecondJudgement? = nil, probes: [ProbeRecord] = []
  ) throws(ReportError) {
    guard Timestamp.isValid(description.started) else {
      throw .invalidTimestamp(description.started)
    }
    var seen = Set<String>(minimumCapacity: records.count)
    for record in records where !seen.insert(record.caseID).inserted {
      throw .duplicateCase(record.caseID)
    }
    self.description = description
    entries =
      records
      .map { Entry($0, isMandatory: mandatory.contains($0.caseID)) }
      .sorted { $0.record.caseID < $1.record.caseID }
    self.secondJudgement = secondJudgement
    counts = Counts(entries)
    self.probes = probes
  }

  package var conclusion: Conclusion {
    // A certificate names a mode, so a contradicted one is none; a CI run prints the finding.
    let isRefuted = description.policy == "certify" && !contradictions.isEmpty
    return Conclusion(
      counts, wasInterrupted: description.wasInterrupted, isModeRefuted: isRefuted)
  }

  /// The probes that found something else than what is declared (finding V706).
  package var contradictions: [ProbeRecord] {
    probes.filter { $0.agreement == .contradicts }
  }

  /// The cases that count as failed, worst first.
  package var failures: [Entry] {
    entries.filter { $0.status.outcome == .failed }.sorted(by: Entry.worstFirst)
  }

  /// The entries of each operator or model, ordered by subject.
  package var bySubject: [(subject: String, entries: [Entry])] {
    Dictionary(grouping: entries, by: \.subject)
      .map { ($0.key, $0.value) }
      .sorted { $0.0 < $1.0 }
  }

  /// The skipped cases by reason, e.g. `5 unsupported (operator 3, dtype 2)`, `3 filtered`.
  package var skipReasons: [String] {
    var reasons: [String] = []
    if counts[.unsupported] > 0 {
      let codes = entries.filter { $0.status == .unsupported }.map(\.code)
      let parts = Tally(codes).largestFirst.map { "\($0.key) \($0.count)" }
      reasons.append("\(counts[.unsupported]) unsupported (\(parts.joined(separator: ", ")))")
    }
    if counts[.filtered] > 0 { reasons.append("\(counts[.filtered]) filtered") }
    return reasons
  }

  /// The command that runs one case again; of a foreign suite, the folder it lies in.
  package func reproduceCommand(for entry: Entry) -> String {
    let isForeign = entry.record.domain == "interop"
    let command =
      isForeign
      ? "assay run --onnx-suite \(SystemText.shellWord(description.suiteVersion))"
      : "assay reproduce \(SystemText.shellQuoted(entry.record.caseID))"
    let arguments = description.reproduceArguments
    return arguments.isEmpty ? command : command + " " + arguments
  }
}
