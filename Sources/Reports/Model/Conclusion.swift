package import Verification

/// What a whole run comes to; the first that applies, in the order of the exit codes' precedence.
package enum Conclusion: String, CaseIterable, Hashable, Sendable {
  /// Some case could not be judged, and that is our fault.
  case inconclusive
  /// Interrupted, or a planned case has no record.
  case incomplete
  /// No case was executed; never a success.
  case nothingExecuted
  case failed
  case conforms

  /// `isModeRefuted`: a probe contradicts the declared numeric mode, and the policy does not accept it.
  package init(_ counts: Counts, wasInterrupted: Bool, isModeRefuted: Bool = false) {
    if counts[.inconclusive] > 0 {
      self = .inconclusive
    } else if wasInterrupted || counts[.missing] > 0 {
      self = .incomplete
    } else if counts.executed == 0 {
      self = .nothingExecuted
    } else {
      self = counts.failed > 0 || isModeRefuted ? .failed : .conforms
    }
  }

  /// The exit status of the command (certification §1).
  package var exitCode: ExitCode {
    switch self {
    case .conforms: .success
    case .failed: .failure
    case .inconclusive: .harness
    case .nothingExecuted: .nothing
    case .incomplete: .incomplete
    }
  }

  /// The word of the verdict band.
  package var word: String {
    switch self {
    case .conforms: "PASS"
    case .failed: "FAIL"
    case .inconclusive: "INCONCLUSIVE"
    case .nothingExecuted: "NOTHING RUN"
    case .incomplete: "INCOMPLETE"
    }
  }

  /// One sentence that says what the word means.
  package var sentence: String {
    switch self {
    case .conforms: "Every mandatory case passed."
    case .failed: "At least one case failed, or a probe contradicts the declared mode."
    case .inconclusive: "The harness could not judge every case; this is not a finding."
    case .nothingExecuted: "No case was executed; nothing can be said about the backend."
    case .incomplete: "Planned cases have no result; run again or resume."
    }
  }
}
