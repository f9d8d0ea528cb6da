import BackendHost
import Cases
import Verification

/// One worker thread: keeps a worker supplied with cases and judges what comes back.
final class WorkerLoop {
  private let catalogue: CaseCatalogue
  private let plan: RunPlan
  private let options: RunOptions
  private let judge: CaseJudge
  private let queue: WorkQueue
  private let ledger: RunLedger
  private let digest: @Sendable (CaseEntry, Case, [UInt8]) -> String
  private var session: WorkerSession?
  private var generation = 0
  /// Case by ticket of the current session.
  private var inFlight: [Int: Prepared] = [:]

  private struct Prepared {
    let position: Int
    let entry: CaseEntry
    let request: CaseRequest
    let digest: String
  }

  init(
    catalogue: CaseCatalogue, plan: RunPlan, options: RunOptions, judge: CaseJudge,
    queue: WorkQueue, ledger: RunLedger,
    digest: @escaping @Sendable (CaseEntry, Case, [UInt8]) -> String
  ) {
    self.catalogue = catalogue
    self.plan = plan
    self.options = options
    self.judge = judge
    self.queue = queue
    self.ledger = ledger
    self.digest = digest
  }

  /// Works until the queue is empty. Throws when no worker can be started any more.
  func run() throws(RunError) {
    while true {
      try supply()
      guard let session, let observed = session.nextObservation() else { break }
      guard let prepared = inFlight.removeValue(forKey: observed.ticket) else { continue }
      try settle(observed.observation, of: prepared)
    }
    if let session {
      _ = session.close()
      ledger.append([.workerExited(generation: generation, reason: "finished")])
    }
  }

  /// Tops up the cases in flight.
  private func supply() throws(RunError) {
    while inFlight.count < options.depth, let position = queue.next() {
      guard let prepared = prepare(position) else { continue }
      let session = try liveSession()
      inFlight[session.submit(prepared.request)] = prepared
    }
  }

  private func prepare(_ position: Int) -> Prepared? {
    let entry = plan.entries[position]
    do {
      let made = try catalogue.materialise(entry)
      let model = try made.encodedModel()
      let request = CaseRequest(
        model: model, inputs: made.inputs.map(\.value), repetitions: options.repetitions,
        compileLimit: options.limit, runLimit: options.limit)
      return Prepared(
        position: position, entry: entry, request: request, digest: digest(entry, made, model))
    } catch {
      let judgement = Judgement(
        verdict: .inconclusive(.golden), message: "the case cannot be made: \(error)")
      note(CaseRecord(entry: entry, digest: "", judgement: judgement))
      return nil
    }
  }

  private func settle(_ observation: CaseObservation, of prepared: Prepared) throws(RunError) {
    guard var judgement = judge.judge(observation, of: prepared.entry) else {
      queue.giveBack(prepared.position)
      return
    }
    var standardError = ""
    if let end = observation.end {
      standardError = String(decoding: end.exit.standardError.suffix(2048), as: UTF8.self)
      ledger.append([.workerExited(generation: generation, reason: judgement.verdict.text)])
      // Everything else in flight comes back as not started and is queued again.
      drain()
      judgement.message += try attribution(of: prepared)
    }
    var record = CaseRecord(entry: prepared.entry, digest: prepared.digest, judgement: judgement)
    record.standardError = standardError
    record.workerGeneration = generation
    if case .outputs(_, let facts) = observation {
      record.wallNanoseconds = facts.wallTimes.last.map { Int64($0 / .nanoseconds(1)) } ?? 0
    }
    note(record)
  }

  private func drain() {
    while let session, let observed = session.nextObservation() {
      if let prepared = inFlight.removeValue(forKey: observed.ticket) {
        queue.giveBack(prepared.position)
      }
    }
    for prepared in inFlight.values { queue.giveBack(prepared.position) }
    inFlight = [:]
    session = nil
  }

  /// Runs a victim once more, alone in a fresh worker: did it kill the worker, or what came before?
  private func attribution(of prepared: Prepared) throws(RunError) -> String {
    let session = try liveSession()
    let observation = session.run(prepared.request)
    guard let end = observation.end else { return "; alone: answers, only the sequence fails" }
    ledger.append([
      .workerExited(generation: generation, reason: WorkerEndings.judgement(of: end).verdict.text)
    ])
    self.session = nil
    return observation.isTimeout ? "; alone: no answer again" : "; alone: dies again"
  }

  private func note(_ record: CaseRecord) {
    guard let failures = ledger.append([.caseJudged(record)]) else { return queue.stop() }
    if let limit = options.failureLimit, failures >= limit { queue.stop() }
  }

  /// The running session, or a new one.
  private func liveSession() throws(RunError) -> WorkerSession {
    if let session, session.end == nil { return session }
    let started = try SessionStart.start(options)
    generation = ledger.nextGeneration()
    ledger.append([.workerStarted(generation: generation, description: started.description)])
    session = started.session
    return started.session
  }
}

extension CaseObservation {
  /// How the worker ended, where it did.
  var end: WorkerEnd? {
    switch self {
    case .died(let end), .timedOut(let end): end
    case .outputs, .refused, .unstarted: nil
    }
  }

  var isTimeout: Bool { if case .timedOut = self { true } else { false } }
}
