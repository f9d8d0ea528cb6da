/// Counters of a set of cases, always derived from the cases themselves.
package struct Counts: Hashable, Sendable {
  private var byStatus: [Status: Int] = [:]

  /// Counts the given cases; there is no other way to obtain counters.
  package init(_ entries: some Sequence<Entry>) {
    for entry in entries { byStatus[entry.status, default: 0] += 1 }
  }

  /// How many cases have the status.
  package subscript(_ status: Status) -> Int { byStatus[status] ?? 0 }

  package var passed: Int { sum(of: .passed) }
  package var failed: Int { sum(of: .failed) }
  package var skipped: Int { sum(of: .skipped) }
  package var total: Int { byStatus.values.reduce(0, +) }

  /// Cases the backend was asked to run.
  package var executed: Int {
    Status.allCases.filter(\.wasExecuted).reduce(0) { $0 + self[$1] }
  }

  /// JUnit's split of the failed: wrong results …
  package var failures: Int { self[.fail] + self[.flaky] + self[.missing] }

  /// … and executions that ended without one.
  package var errors: Int { self[.crash] + self[.timeout] + self[.inconclusive] }

  /// `N passed, N failed, N skipped`: the closing line of every run.
  package var closingLine: String { "\(passed) passed, \(failed) failed, \(skipped) skipped" }

  private func sum(of outcome: Status.Outcome) -> Int {
    Status.allCases.filter { $0.outcome == outcome }.reduce(0) { $0 + self[$1] }
  }
}
