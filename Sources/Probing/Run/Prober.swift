package import BackendHost
package import Runner
import Tensors

/// What became of a probe.
package enum ProbeAnswer: Sendable {
  case findings([Finding])
  /// Why there is none.
  case none(String)
}

/// Runs probes in workers before the first case.
package struct Prober: Sendable {
  private let options: RunOptions

  package init(_ options: RunOptions) { self.options = options }

  /// One answer for each probe, in order. A worker that dies of a probe is replaced. When a signal
  /// ended it that others send, the probe is asked once more: such an end says nothing about the
  /// backend unless it comes again. `worker` is one that has been started already; it lives on where
  /// no probe ended it.
  /// - Throws: `RunError` when no worker can be started.
  package func answers(
    to probes: [Probe], worker: WorkerSession? = nil
  ) throws(RunError) -> [ProbeAnswer] {
    var round = Round(probes)
    var ready = worker
    while !round.waiting.isEmpty {
      let session: WorkerSession
      if let worker = ready {
        session = worker
      } else {
        session = try SessionStart.start(options).session
      }
      ready = nil
      let before = round.progress
      ask(&round, in: session)
      if session === worker, session.end == nil, round.waiting.isEmpty { break }
      let end = session.close()
      // A worker that answers nothing will not do better the next time, unless it was ended.
      if round.progress == before, !round.mayTryAgain(after: end) { break }
    }
    return round.answers.map { $0 ?? .none("not answered") }
  }

  /// Asks what is waiting; leaves there what the worker did not come to.
  private func ask(_ round: inout Round, in session: WorkerSession) {
    let positions = round.waiting
    round.waiting = []
    var inFlight: [Int: Int] = [:]
    func receive() {
      guard let observed = session.nextObservation(),
        let position = inFlight.removeValue(forKey: observed.ticket)
      else { return }
      round.receive(observed.observation, at: position)
    }
    for position in positions {
      if inFlight.count >= options.depth { receive() }
      let probe = round.probes[position]
      do {
        let request = CaseRequest(
          model: try probe.model.encoded(), inputs: probe.inputs.map { .tensor($0) })
        inFlight[session.submit(request)] = position
      } catch {
        round.answers[position] = ProbeAnswer.none("\(error)")
      }
    }
    while !inFlight.isEmpty { receive() }
    round.waiting.sort()
  }
}

/// What is known of each probe, and what is still to be asked.
private struct Round {
  let probes: [Probe]
  var answers: [ProbeAnswer?]
  /// Positions without an answer.
  var waiting: [Int]
  /// Positions during which a signal from outside has ended a worker.
  private var interrupted: Set<Int> = []
  private var hasTriedAgain = false

  init(_ probes: [Probe]) {
    self.probes = probes
    answers = Array(repeating: nil, count: probes.count)
    waiting = Array(probes.indices)
  }

  mutating func receive(_ observation: CaseObservation, at position: Int) {
    if case .died(let end) = observation, WorkerEndings.mayComeFromOutside(end),
      interrupted.insert(position).inserted
    {
      waiting.append(position)
    } else if let answer = Self.answer(observation, to: probes[position]) {
      answers[position] = answer
    } else {
      waiting.append(position)
    }
  }

  /// Grows with each answer and with each probe in which a worker was ended for the first time.
  var progress: Int { probes.count - waiting.count + interrupted.count }

  /// Whether a worker that answered nothing was ended from outside; true once.
  mutating func mayTryAgain(after end: WorkerEnd) -> Bool {
    guard WorkerEndings.mayComeFromOutside(end), !hasTriedAgain else { return false }
    hasTriedAgain = true
    return true
  }

  /// Nil when the worker ended before it came to the probe.
  private static func answer(_ observation: CaseObservation, to probe: Probe) -> ProbeAnswer? {
    switch observation {
    case .outputs(let values, _):
      let findings = probe.decode(values.compactMap(\.tensor))
      return .findings(findings)
    case .refused(let refusal, _):
      return ProbeAnswer.none(refusal.status == .unsupported ? "unsupported" : "refused")
    case .died: return ProbeAnswer.none("the worker died")
    case .timedOut: return ProbeAnswer.none("no answer in time")
    case .unstarted: return nil
    }
  }
}
