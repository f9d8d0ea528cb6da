import BackendHost
import Verification

/// One worker thread: keeps a worker supplied with cases and judges what comes back.
final class WorkerLoop {
  private let cases: any CaseSource
  private let options: RunOptions
  private let queue: WorkQueue
  private let ledger: RunLedger
  /// A worker that waits for its first case; nil once it has been given one.
  private var started: SessionStart?
  private var session: WorkerSession?
  private var generation = 0
  /// Workers that ended before they were given a case, one after the other.
  private var idleEnds = 0
  private static let idleEndLimit = 3
  /// Case by ticket of the current session.
  private var inFlight: [Int: Prepared] = [:]

  private struct Prepared {
    let position: Int
    let request: CaseRequest
    let digest: String
    /// Of the executions before this one.
    let earlier: [CaseObservation]
  }

  init(
    cases: any CaseSource, options: RunOptions, queue: WorkQueue, ledger: RunLedger,
    started: SessionStart? = nil
  ) {
    self.started = started
    self.cases = cases
    self.options = options
    self.queue = queue
    self.ledger = ledger
  }

  /// Works until the queue is empty. Throws when no worker can be started any more.
  func run() throws(RunError) {
    while true {
      try supply()
      guard let session, let observed = session.nextObservation() else { break }
      guard let prepared = inFlight.removeValue(forKey: observed.ticket) else { continue }
      try settle(observed.observation, of: prepared)
    }
    if let session { noteExit(session.close(), of: session, reason: "finished") }
    _ = started?.session.close()
  }

  /// Tops up the cases in flight.
  private func supply() throws(RunError) {
    while inFlight.count < options.depth, let position = queue.next() {
      switch prepare(position, after: []) {
      case .request(let prepared): try submit(prepared)
      case .finished:
        note(cases.record(ofDefect: "there is nothing to execute", at: position))
      case .defect(let reason): note(cases.record(ofDefect: reason, at: position))
      }
    }
  }

  private func submit(_ prepared: Prepared) throws(RunError) {
    let session = try liveSession()
    inFlight[session.submit(prepared.request)] = prepared
    guard let end = session.end else { return idleEnds = 0 }
    // It ended while nothing was asked of it. The case goes to another worker, and must not stay
    // among those of this one: tickets begin anew.
    idleEnds += 1
    noteExit(end, of: session, reason: "ended while idle")
    drain()
    guard idleEnds < Self.idleEndLimit else {
      throw .backendDoesNotStart(
        backend: "\(options.backend)",
        reason: "\(idleEnds) workers ended one after the other before they were asked anything: "
          + WorkerEndings.judgement(of: end).message)
    }
  }

  /// What follows in a case.
  private enum Following {
    case request(Prepared)
    case finished
    case defect(String)
  }

  private func prepare(_ position: Int, after earlier: [CaseObservation]) -> Following {
    do {
      guard let prepared = try cases.request(at: position, after: earlier) else {
        return .finished
      }
      let request = CaseRequest(
        model: prepared.model, inputs: prepared.inputs, repetitions: options.repetitions,
        compileLimit: options.limit, runLimit: options.limit)
      return .request(
        Prepared(
          position: position, request: request, digest: prepared.digest, earlier: earlier))
    } catch {
      return .defect("\(error)")
    }
  }

  private func settle(_ observation: CaseObservation, of prepared: Prepared) throws(RunError) {
    let observations = prepared.earlier + [observation]
    if case .outputs = observation {
      switch prepare(prepared.position, after: observations) {
      case .request(let next): return try submit(next)
      case .finished: break
      case .defect(let reason):
        return note(cases.record(ofDefect: reason, at: prepared.position))
      }
    }
    let judged = cases.record(
      of: observations, at: prepared.position, digest: prepared.digest)
    guard var record = judged else { return queue.giveBack(prepared.position) }
    record.workerGeneration = generation
    if let end = observation.end {
      record.standardError = String(decoding: end.exit.standardError.suffix(2048), as: UTF8.self)
      noteExit(end, of: session, reason: record.verdict.text)
      // Everything else in flight comes back as not started and is queued again.
      drain()
      try attribute(end, of: prepared, in: &record)
    }
    record.wallNanoseconds = observations.reduce(0) { $0 + $1.wallNanoseconds }
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
  ///
  /// A signal from outside that does not come again is no finding about the case, and no pass either:
  /// it has no verdict until a resumed run gives it one.
  private func attribute(
    _ end: WorkerEnd, of prepared: Prepared, in record: inout CaseRecord
  ) throws(RunError) {
    let session = try liveSession()
    let observation = session.run(prepared.request)
    let second = observation.end
    if let second {
      noteExit(
        second, of: session, reason: WorkerEndings.judgement(of: second).verdict.text)
      self.session = nil
    }
    if WorkerEndings.mayComeFromOutside(end), second?.cause != end.cause {
      record.verdict = .inconclusive(.resources)
      record.message +=
        "; the signal came from outside, alone the case does not end so: "
        + "free memory or stop what sends it, and run the case again with --resume"
    } else if second == nil {
      record.message += "; alone: answers, only the sequence fails"
    } else {
      record.message += observation.isTimeout ? "; alone: no answer again" : "; alone: dies again"
    }
  }

  private func note(_ record: CaseRecord) {
    guard let failures = ledger.append([.caseJudged(record)]) else { return queue.stop() }
    if let limit = options.failureLimit, failures >= limit { queue.stop() }
  }

  private func noteExit(_ end: WorkerEnd, of session: WorkerSession?, reason: String) {
    let usage = WorkerUsage(end.exit, backend: session?.backendTime ?? .zero)
    ledger.append([.workerExited(generation: generation, reason: reason, usage: usage)])
  }

  /// The worker that was started before the first case, unless it has ended since.
  private func waiting() -> SessionStart? {
    defer { started = nil }
    guard let started, started.session.end == nil else { return nil }
    return started
  }

  /// The running session, or a new one.
  private func liveSession() throws(RunError) -> WorkerSession {
    if let session, session.end == nil { return session }
    let started: SessionStart
    if let waiting = waiting() {
      started = waiting
    } else {
      started = try SessionStart.start(options)
    }
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

  /// Of the last repetition; 0 where there was none.
  var wallNanoseconds: Int64 {
    guard case .outputs(_, let facts) = self else { return 0 }
    return facts.wallTimes.last.map { Int64($0 / .nanoseconds(1)) } ?? 0
  }

  var isTimeout: Bool { if case .timedOut = self { true } else { false } }
}
