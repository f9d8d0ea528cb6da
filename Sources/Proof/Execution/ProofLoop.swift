import BackendHost
import Cases
import GoldenStore
import Runner
import Spec
import Tensors
import Verification

/// One thread of a proof: keeps a worker of each library supplied and settles what comes back.
final class ProofLoop {
  private let source: SubjectSource
  private let catalogues: Catalogues
  private let options: ProofOptions
  private let queue: WorkQueue
  private let ledger: ProofLedger
  private let faults: VariantWorker
  private let witnesses: VariantWorker
  /// Steps of the current subject that are not submitted yet, the next one last.
  private var waiting: [ProofStep] = []

  init(
    source: SubjectSource, catalogues: Catalogues, options: ProofOptions, queue: WorkQueue,
    ledger: ProofLedger
  ) {
    (self.source, self.catalogues, self.options) = (source, catalogues, options)
    (self.queue, self.ledger) = (queue, ledger)
    faults = VariantWorker(options.faults)
    witnesses = VariantWorker(options.witnesses)
  }

  /// Works until the queue is empty. Throws when no worker can be started any more.
  func run() throws(ProofError) {
    defer {
      faults.close()
      witnesses.close()
    }
    while true {
      try supply()
      guard let (step, observation) = try next() else { return }
      try settle(step, observation)
    }
  }

  private func supply() throws(ProofError) {
    while faults.inFlight + witnesses.inFlight < options.depth {
      if waiting.isEmpty {
        guard let position = queue.next() else { return }
        try prepare(position)
        continue
      }
      let step = waiting.removeLast()
      do throws(RunError) {
        switch step.question {
        case .plain, .fault: try faults.submit(step)
        case .witness: try witnesses.submit(step)
        }
      } catch { throw .run(error) }
    }
  }

  /// Answers of both workers, the busier one first so that neither starves.
  private func next() throws(ProofError) -> (step: ProofStep, observation: CaseObservation)? {
    do throws(RunError) {
      let isWitness = witnesses.inFlight > faults.inFlight
      if let answer = try (isWitness ? witnesses : faults).next() { return answer }
      return try (isWitness ? faults : witnesses).next()
    } catch { throw .run(error) }
  }

  private func prepare(_ position: Int) throws(ProofError) {
    let prepared: PreparedSubject
    do { prepared = try source.subject(at: position) } catch {
      throw .subject("\(source.entries[position].id)", "\(error)")
    }
    let id = "\(prepared.entry.id)"
    let remaining = RemainingProof(
      known: ledger.earlier(id, source.seed), key: prepared.key,
      recordsSchemes: options.recordsSchemes, isFresh: source.seed != nil)
    if remaining.isNothing { return ledger.skip() }
    let witnesses = catalogues.witnesses
    let proof = remaining.start(
      CaseProof(caseID: id, seed: source.seed, key: prepared.key)
    ) { witnesses[$0] != nil }
    do {
      let subject = SubjectUnderProof(
        entry: prepared.entry, golden: try prepared.golden(), inputs: prepared.inputs,
        proof: proof)
      if remaining.faults == .everything, subject.entry.form == .inputs,
        let golden = subject.golden
      {
        try inspect(subject, golden, prepared)
      }
      waiting = steps(of: subject, model: prepared.model, remaining)
      subject.open = waiting.count
      if waiting.isEmpty { try ledger.append(subject.proof) }
    } catch let error as ProofError {
      throw error
    } catch GoldenError.notEvaluated(_, let reason) where source.seed != nil {
      // Drawn values may lie where the oracle judges none, as on the edge between two codes.
      var proof = proof
      proof.subject = .declined(reason)
      try ledger.append(proof)
    } catch {
      throw .subject(id, "\(error)")
    }
  }

  private func inspect(
    _ subject: SubjectUnderProof, _ golden: Golden, _ prepared: PreparedSubject
  ) throws {
    switch subject.entry.expectation {
    case .mustMatch, .set:
      subject.proof.dataFindings =
        DataQuality(
          entry: subject.entry, golden: golden, inputs: subject.inputs,
          previous: try prepared.previous()
        ).findings
    // No value is judged, so that none can be too simple.
    case .specUndefined, .mustReject: break
    }
  }

  /// The steps in reverse: plain first, then every fault and witness.
  private func steps(
    of subject: SubjectUnderProof, model: [UInt8], _ remaining: RemainingProof
  ) -> [ProofStep] {
    func step(
      _ question: ProofStep.Question, _ compileOptions: String, repetitions: Int = 1
    ) -> ProofStep {
      ProofStep(
        subject: subject, question: question,
        request: CaseRequest(
          model: model, inputs: subject.inputs, compileOptions: compileOptions,
          repetitions: repetitions, runLimit: options.runLimit))
    }
    var steps: [ProofStep] = []
    if remaining.faults != .nothing {
      steps.append(step(.plain, ""))
      if let reason = Exemption.reason(subject.entry) {
        subject.proof.subject = .exempt(reason)
        return steps
      }
      // Of a model to be refused only the refusal can be spoilt.
      for fault in catalogues.faults.faults where remaining.wants(fault: fault.name) {
        steps.append(
          step(
            .fault(fault), VariantCatalogue.options(fault.name),
            repetitions: fault.repetitions ?? 1))
      }
    }
    if Exemption.reason(subject.entry) == nil, subject.entry.expectation != .mustReject {
      for witness in catalogues.witnesses.witnesses where remaining.wants(witness: witness.name) {
        steps.append(step(.witness(witness), VariantCatalogue.options(witness.name)))
      }
    }
    return steps.reversed()
  }

  private func settle(_ step: ProofStep, _ observation: CaseObservation) throws(ProofError) {
    if case .timedOut = observation, let again = step.askedAgain { return waiting.append(again) }
    let subject = step.subject
    switch step.question {
    case .plain:
      let judgement = judge(observation, of: subject, mode: .strict)
      subject.settlePlain(observation, judgement)
    case .fault(let fault):
      subject.settle(fault, observation) { judge(observation, of: subject, mode: .strict) }
    case .witness(let witness):
      let mode = NumericMode.named[witness.mode] ?? .strict
      subject.settle(witness: witness, observation) {
        judge(observation, of: subject, mode: mode)
      }
    }
    subject.open -= 1
    if subject.open == 0 { try ledger.append(subject.proof) }
  }

  private func judge(
    _ observation: CaseObservation, of subject: SubjectUnderProof, mode: NumericMode
  ) -> Judgement {
    let golden = subject.golden
    let judge = CaseJudge(
      mode: mode, recordsMetrics: options.recordsSchemes && source.seed == nil, isTerse: true
    ) { entry in
      guard let golden else { throw ProofError.subject("\(entry.id)", "it has no golden") }
      return golden
    }
    return judge.judge(observation, of: subject.entry)
      ?? Judgement(verdict: .inconclusive(.spawn), message: "the worker never came to the case")
  }
}

/// What the two libraries offer.
package struct Catalogues: Sendable {
  package let faults: VariantCatalogue
  package let witnesses: VariantCatalogue

  package init(faults: VariantCatalogue, witnesses: VariantCatalogue) {
    (self.faults, self.witnesses) = (faults, witnesses)
  }
}
