package import BackendHost
package import Cases
package import Spec
import Tensors
package import Verification

/// Turns what was observed of a case into its judgement.
package struct CaseJudge: Sendable {
  private let mode: NumericMode
  /// Whether informative metrics are recorded for passes too.
  private let recordsMetrics: Bool
  /// Whether failures are left unexplained.
  private let isTerse: Bool
  /// The golden of a case, from the store or made on the spot.
  let golden: @Sendable (CaseEntry) throws -> Golden

  package init(
    mode: NumericMode, recordsMetrics: Bool = false, isTerse: Bool = false,
    golden: @escaping @Sendable (CaseEntry) throws -> Golden
  ) {
    self.mode = mode
    self.recordsMetrics = recordsMetrics
    self.isTerse = isTerse
    self.golden = golden
  }

  /// What values of the case are judged by.
  func context(of entry: CaseEntry) -> JudgementContext {
    JudgementContext(
      mode: mode, twin: entry.group.twin, recordsInformativeMetrics: recordsMetrics,
      isTerse: isTerse)
  }

  /// The judgement of one execution; nil for a case the worker never came to.
  package func judge(_ observation: CaseObservation, of entry: CaseEntry) -> Judgement? {
    switch observation {
    case .outputs(let values, let facts): judge(values, facts, of: entry)
    case .refused(let refusal, let phase): judge(refusal, during: phase, of: entry)
    case .died(let end): WorkerEndings.judgement(of: end)
    case .timedOut(let end): WorkerEndings.judgement(of: end)
    case .unstarted: nil
    }
  }

  /// The verdict over an execution before its values are looked at; nil when nothing is wrong.
  func defect(_ facts: ExecutionFacts, of entry: CaseEntry) -> Judgement? {
    if facts.outOfBounds {
      return Judgement(
        verdict: .fail(.outOfBounds), message: "the backend wrote outside of a tensor's memory",
        details: facts.findings)
    }
    if facts.inputsMutated {
      return Judgement(
        verdict: .fail(.inputMutated), message: "the backend changed an input tensor",
        details: facts.findings)
    }
    guard entry.expectation != .mustReject else {
      return Judgement(
        verdict: .fail(.acceptedInvalid),
        message: "the model is invalid, but the backend compiled and ran it")
    }
    if let output = facts.unwritten.firstIndex(where: { $0 > 0 }) {
      return Judgement(
        verdict: .fail(.unwritten),
        message: "\(facts.unwritten[output]) bytes of output \(output) were never written")
    }
    if facts.outputsDiffer {
      return Judgement(
        verdict: .fail(.nondeterministic), message: "repeated executions gave different outputs")
    }
    return nil
  }

  private func judge(
    _ values: [Value], _ facts: ExecutionFacts, of entry: CaseEntry
  ) -> Judgement {
    if let defect = defect(facts, of: entry) { return defect }
    let expected: Golden
    do { expected = try golden(entry) } catch {
      return Judgement(verdict: .inconclusive(.golden), message: "\(error)")
    }
    return Verifier.judge(values, against: expected, in: context(of: entry))
  }

  private func judge(
    _ refusal: Refusal, during phase: WorkerPhase, of entry: CaseEntry
  ) -> Judgement {
    let message = refusal.message.isEmpty ? "no reason given" : refusal.message
    if refusal.status == .malformed {
      return Judgement(
        verdict: .fail(.structure),
        message: "what the backend handed out cannot be read: \(message)")
    }
    if refusal.status == .deviceUnavailable {
      return Judgement(verdict: .fail(.backendError), message: "no device: \(message)")
    }
    if entry.expectation == .mustReject {
      return Judgement(verdict: .pass, message: "refused during \(phase.rawValue): \(message)")
    }
    if entry.expectation == .specUndefined, isDecline(refusal, phase) {
      return Judgement(verdict: .pass, message: "declined during \(phase.rawValue): \(message)")
    }
    switch refusal.status {
    case .unsupported:
      return Judgement(
        verdict: .unsupported(refusal.reason.verdict), message: "unsupported: \(message)")
    case .outOfMemory:
      return Judgement(verdict: .unsupported(.memory), message: "out of memory: \(message)")
    case .invalidModel, .invalidArgument:
      return Judgement(
        verdict: .fail(.backendError),
        message: "a valid model was refused during \(phase.rawValue): \(message)")
    case .error, .deviceUnavailable, .malformed:
      return Judgement(
        verdict: .fail(.backendError), message: "error during \(phase.rawValue): \(message)")
    }
  }
}

/// Whether a backend says cleanly that it gives no value, which is as good as any value where the
/// text leaves it open: when it runs or, where attributes decide, by finding the model invalid.
private func isDecline(_ refusal: Refusal, _ phase: WorkerPhase) -> Bool {
  switch phase {
  case .run: refusal.status != .unsupported
  case .start, .compile, .shutdown: refusal.status == .invalidModel
  }
}

extension Refusal.Reason {
  /// The same reason in a verdict.
  var verdict: Verdict.UnsupportedReason {
    switch self {
    case .operator: .operator
    case .opset: .opset
    case .dtype: .dtype
    case .rank: .rank
    case .shape: .shape
    case .attribute: .attribute
    case .dynamicShape: .dynamicShape
    case .layout: .layout
    case .numericMode: .numericMode
    case .memory: .memory
    case .other: .other
    }
  }
}
