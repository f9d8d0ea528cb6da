package import BackendHost
package import Runner
package import Spec
package import Verification

/// Probes a backend and compares with what it declares.
package enum ProbeReport {
  /// One record for each operator, type and field.
  ///
  /// `worker` has been started with these options; it is asked first, and lives on where no probe
  /// ended it.
  /// - Throws: `RunError` when no worker can be started.
  package static func records(
    of options: RunOptions, worker: WorkerSession? = nil
  ) throws(RunError) -> [ProbeRecord] {
    let probes = ProbeSet.all
    let answers = try Prober(options).answers(to: probes, worker: worker)
    return records(probes, answers, mode: options.mode)
  }

  /// Several probes of one field keep the answer that says most: a contradiction, then agreement.
  package static func records(
    _ probes: [Probe], _ answers: [ProbeAnswer], mode: NumericMode
  ) -> [ProbeRecord] {
    var order: [Key] = []
    var found: [Key: ProbeRecord] = [:]
    for (probe, answer) in zip(probes, answers) {
      for record in records(of: probe, answer, mode) {
        let key = Key(record)
        guard let present = found[key] else {
          order.append(key)
          found[key] = record
          continue
        }
        if rank(record) < rank(present) { found[key] = record }
      }
    }
    return order.compactMap { found[$0] }
  }

  private struct Key: Hashable {
    let family: ProbeRecord.Family
    let operatorName: String
    let type: String
    let field: ProbeRecord.Field

    init(_ record: ProbeRecord) {
      (family, operatorName, type, field) = (
        record.family, record.operatorName, record.type, record.field
      )
    }
  }

  private static func rank(_ record: ProbeRecord) -> Int {
    switch record.agreement {
    case .contradicts: 0
    case .agrees: 1
    case .stricter: 2
    case .unmeasured: 3
    }
  }

  private static func records(
    of probe: Probe, _ answer: ProbeAnswer, _ mode: NumericMode
  ) -> [ProbeRecord] {
    func record(_ comparison: Finding.Comparison) -> ProbeRecord {
      ProbeRecord(
        family: probe.family, operatorName: probe.operatorName, type: probe.type.name,
        field: comparison.field, declared: comparison.declared, probed: comparison.probed,
        agreement: comparison.agreement)
    }
    var records: [ProbeRecord] = []
    var reason = "nothing decides it"
    switch answer {
    case .findings(let findings):
      records = findings.flatMap { $0.comparisons(with: mode, for: probe.type) }.map(record)
    case .none(let text): reason = text
    }
    let missing = Set(probe.fields).subtracting(records.map(\.field))
    return records
      + probe.fields.filter(missing.contains).map {
        record(
          Finding.Comparison(
            field: $0, declared: "–", probed: "not measured: \(reason)",
            agreement: .unmeasured))
      }
  }
}
