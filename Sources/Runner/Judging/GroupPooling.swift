import Cases
import Spec
import Verification

/// The distribution rule over the small cases of each group, judged when all have been.
///
/// A group that breaks it fails in the passing case whose errors are largest: its z sums are in its
/// record, so that the rule can be checked from the log alone.
struct GroupPooling {
  /// Records changed from pass to `value.distribution`, by case id.
  static func failures(
    _ records: [CaseRecord], entries: [CaseEntry], mode: NumericMode
  ) -> [String: String] {
    var groups: [String: (pool: GroupPool, worst: (id: String, mean: Double)?)] = [:]
    let byID = Dictionary(entries.map { ("\($0.id)", $0) }) { first, _ in first }
    for record in records where record.verdict == .pass {
      guard let entry = byID[record.caseID], entry.group.twin == .random else { continue }
      var group =
        groups[entry.group.id] ?? (
          GroupPool(mode: mode, accuracyClass: entry.group.accuracyClass), nil
        )
      for metrics in record.metrics {
        group.pool.add(metrics)
        guard metrics.zCount > 0 else { continue }
        let mean = metrics.zSquareSum / Double(metrics.zCount)
        if mean > (group.worst?.mean ?? -1) { group.worst = (record.caseID, mean) }
      }
      groups[entry.group.id] = group
    }
    var failures: [String: String] = [:]
    for (id, group) in groups {
      guard let reason = group.pool.failure, let worst = group.worst else { continue }
      failures[worst.id] = "pooled over the \(group.pool.elements) elements of \(id): \(reason)"
    }
    return failures
  }
}
