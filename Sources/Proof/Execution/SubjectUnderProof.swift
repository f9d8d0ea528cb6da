import BackendHost
import Cases
import Spec
import Tensors
import Verification

/// A case while its proof is being gathered; used by one thread.
final class SubjectUnderProof {
  let entry: CaseEntry
  let golden: Golden?
  let inputs: [Value]
  var proof: CaseProof
  /// Steps without an answer yet.
  var open = 0
  /// What happened without a variant, once it is known and right.
  private(set) var plain: Plain?

  enum Plain {
    case outputs([Value])
    /// Refused, as the case demands.
    case refusal
  }

  init(entry: CaseEntry, golden: Golden?, inputs: [Value], proof: CaseProof) {
    (self.entry, self.golden, self.inputs, self.proof) = (entry, golden, inputs, proof)
  }

  /// Keeps the plain outputs when they pass, and says otherwise why nothing can be proven.
  func settlePlain(_ observation: CaseObservation, _ judgement: Judgement) {
    switch judgement.verdict {
    case .pass:
      proof.plain = CaseProof.Passage(judgement, of: entry)
      plain = if case .outputs(let values, _) = observation { .outputs(values) } else { .refusal }
    case .unsupported: proof.subject = .declined(judgement.message)
    case .fail, .crash, .timeout, .inconclusive:
      proof.subject = .broken("\(judgement.verdict.text): \(judgement.message)")
    }
  }

  func settle(
    _ fault: VariantEntry, _ observation: CaseObservation, judged: () -> Judgement
  ) {
    guard let plain, !observation.isInapplicable else { return }
    if plain.isSame(as: observation) {
      proof.equivalent.append(fault.name)
      return
    }
    let judgement = judged()
    noteSchemes(judgement, of: fault)
    switch judgement.verdict {
    case .fail, .crash, .timeout:
      proof.killed[judgement.verdict.killCode, default: []].append(fault.name)
      noteEffect(of: fault, judgement)
    case .unsupported, .inconclusive:
      proof.refused[fault.name] = "\(judgement.verdict.text): \(judgement.message)"
    case .pass: settlePassing(fault, observation, judgement, plain)
    }
  }

  private func settlePassing(
    _ fault: VariantEntry, _ observation: CaseObservation, _ judgement: Judgement, _ plain: Plain
  ) {
    if case .outputs(let values, _) = observation, case .outputs(let plain) = plain, let golden,
      let reasons = LegalDifference.reasons(
        plain: plain, changed: values, golden: golden.outputs),
      let reason = OpenReason.allCases.first(where: reasons.contains),
      // A special fault of a generator is a statement about samples, and has to be noticed.
      !(reason == .sample && fault.severity == .special && fault.spoilsDraws)
    {
      proof.open[fault.name] = reason
      for name in proof.schemes.keys { proof.schemes[name]?.forget(fault.name) }
    } else {
      proof.survived[fault.name] = CaseProof.Passage(judgement, of: entry)
    }
  }

  private func noteSchemes(_ judgement: Judgement, of variant: VariantEntry) {
    for (name, verdict) in judgement.schemes {
      proof.schemes[name, default: SchemeOutcomes()].add(variant, verdict)
    }
  }

  private func noteEffect(of fault: VariantEntry, _ judgement: Judgement) {
    let ratio = judgement.metrics.map(\.worstRatio).max() ?? .infinity
    guard ratio.isFinite, ratio > 0, ratio < proof.smallestEffect?.ratio ?? .infinity else {
      return
    }
    proof.smallestEffect = CaseProof.Effect(fault: fault.name, ratio: ratio)
  }

  func settle(
    witness: VariantEntry, _ observation: CaseObservation, judged: () -> Judgement
  ) {
    if observation.isInapplicable { return }
    let judgement = judged()
    noteSchemes(judgement, of: witness)
    switch judgement.verdict {
    case .pass: proof.witnesses[witness.name] = CaseProof.Passage(judgement, of: entry)
    case .unsupported(.numericMode) where observation.hasOutputs:
      proof.undecided.append(witness.name)
    case .unsupported, .inconclusive:
      proof.refused[witness.name] = "\(judgement.verdict.text): \(judgement.message)"
    case .fail, .crash, .timeout:
      proof.falseAlarms[witness.name] = "\(judgement.verdict.text): \(judgement.message)"
    }
  }
}

extension SubjectUnderProof.Plain {
  /// Whether a variant did just the same.
  fileprivate func isSame(as observation: CaseObservation) -> Bool {
    switch (self, observation) {
    case (.outputs(let plain), .outputs(let values, let facts)):
      facts.isFlawless && values == plain
    case (.refusal, .refused(let refusal, _)): refusal.status != .malformed
    case (.outputs, _), (.refusal, _): false
    }
  }
}

extension CaseProof.Passage {
  /// How a passing judgement passed; z sums only where the group pools them.
  init(_ judgement: Judgement, of entry: CaseEntry) {
    self.init()
    for metrics in judgement.metrics where metrics.worstRatio.isFinite {
      ratio = max(ratio, metrics.worstRatio)
    }
    if entry.group.twin == .random { pooled = judgement.metrics.compactMap(PooledErrors.init) }
  }
}

extension CaseObservation {
  /// Whether there was anything to judge: it is the mode then that decides nothing.
  fileprivate var hasOutputs: Bool { if case .outputs = self { true } else { false } }

  /// Whether a variant said that it has nothing to change.
  fileprivate var isInapplicable: Bool {
    if case .refused(let refusal, _) = self {
      refusal.status == .unsupported
        && refusal.message.hasPrefix(VariantCatalogue.notApplicable)
    } else {
      false
    }
  }
}

extension ExecutionFacts {
  /// Whether nothing but the outputs is left to judge.
  fileprivate var isFlawless: Bool {
    !inputsMutated && !outOfBounds && !outputsDiffer && unwritten.allSatisfy { $0 == 0 }
  }
}

extension Verdict {
  /// The code of a failure, with the kind before it where the code alone does not say it.
  fileprivate var killCode: String {
    switch self {
    case .fail(let code): code.rawValue
    case .crash, .timeout, .pass, .unsupported, .inconclusive: text
    }
  }
}
