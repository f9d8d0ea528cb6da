import BackendHost

/// One execution that a proof asks for.
struct ProofStep {
  let subject: SubjectUnderProof
  let question: Question
  let request: CaseRequest

  enum Question {
    /// The library without a variant.
    case plain
    case fault(VariantEntry)
    case witness(VariantEntry)
  }
}
