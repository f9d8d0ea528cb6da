package import Verification

/// Verdict and disposition in one closed set: the only thing reports see (certification §1).
package enum Status: String, CaseIterable, Hashable, Sendable {
  case pass, fail, crash, timeout, inconclusive, flaky, missing, unsupported, filtered

  /// Which of the three closing counters a case belongs to.
  package enum Outcome: Hashable, Sendable {
    case passed, failed, skipped
  }

  /// The status of a record; a mandatory case that the backend declines has failed.
  package init(_ record: CaseRecord, isMandatory: Bool) {
    switch record.disposition {
    case .filtered: self = .filtered
    case .flaky: self = .flaky
    case .missing: self = .missing
    case .judged:
      switch record.verdict {
      case .pass: self = .pass
      case .fail: self = .fail
      case .unsupported: self = isMandatory ? .fail : .unsupported
      case .crash: self = .crash
      case .timeout: self = .timeout
      case .inconclusive: self = .inconclusive
      }
    }
  }

  package var outcome: Outcome {
    switch self {
    case .pass: .passed
    case .fail, .crash, .timeout, .inconclusive, .flaky, .missing: .failed
    case .unsupported, .filtered: .skipped
    }
  }

  /// Whether the backend was asked to run the case.
  package var wasExecuted: Bool { self != .filtered && self != .missing }

  /// The word a person reads; meaning never depends on colour or glyph alone.
  package var word: String { rawValue.uppercased() }

  /// The sign that stands beside the word.
  package var glyph: String {
    switch self {
    case .pass: "✓"
    case .fail, .flaky, .missing: "✗"
    case .crash: "☠"
    case .timeout: "◷"
    case .inconclusive: "?"
    case .unsupported: "–"
    case .filtered: "·"
    }
  }

  /// Position in lists that show the worst first; the order in which executions fold.
  package var severity: Int {
    switch self {
    case .missing: 0
    case .inconclusive: 1
    case .crash: 2
    case .timeout: 3
    case .flaky: 4
    case .fail: 5
    case .unsupported: 6
    case .filtered: 7
    case .pass: 8
    }
  }
}
