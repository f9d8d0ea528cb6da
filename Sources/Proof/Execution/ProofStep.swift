import BackendHost

/// One execution that a proof asks for.
struct ProofStep {
  let subject: SubjectUnderProof
  let question: Question
  private(set) var request: CaseRequest
  /// Whether it is asked for the second time.
  private(set) var isAskedAgain = false

  /// The same with ten times the deadline, for a witness that did not answer in time: that may be
  /// the machine's doing, and a false alarm is no thing to claim lightly. Nil for faults, which may
  /// hang, and for the second attempt.
  var askedAgain: ProofStep? {
    guard case .witness = question, !isAskedAgain else { return nil }
    var step = self
    step.request.runLimit *= 10
    step.isAskedAgain = true
    return step
  }

  enum Question {
    /// The library without a variant.
    case plain
    case fault(VariantEntry)
    case witness(VariantEntry)
  }
}
