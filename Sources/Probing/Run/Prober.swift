import BackendHost
package import Runner
import Tensors

/// What became of a probe.
package enum ProbeAnswer: Sendable {
  case findings([Finding])
  /// Why there is none.
  case none(String)
}

/// Runs probes in a worker of their own.
package struct Prober: Sendable {
  private let options: RunOptions

  package init(_ options: RunOptions) { self.options = options }

  /// One answer for each probe, in order. A worker that dies of a probe is replaced.
  /// - Throws: `RunError` when no worker can be started.
  package func answers(to probes: [Probe]) throws(RunError) -> [ProbeAnswer] {
    var answers = [ProbeAnswer?](repeating: nil, count: probes.count)
    var waiting = Array(probes.indices)
    while !waiting.isEmpty {
      let session = try SessionStart.start(options).session
      let before = waiting.count
      waiting = ask(probes, at: waiting, in: session, &answers)
      _ = session.close()
      // A worker that answers nothing will not do better the next time.
      if waiting.count == before { break }
    }
    return answers.map { $0 ?? .none("not answered") }
  }

  /// Returns the positions the worker did not come to.
  private func ask(
    _ probes: [Probe], at positions: [Int], in session: WorkerSession,
    _ answers: inout [ProbeAnswer?]
  ) -> [Int] {
    var inFlight: [Int: Int] = [:]
    var rest: [Int] = []
    func receive() {
      guard let observed = session.nextObservation(),
        let position = inFlight.removeValue(forKey: observed.ticket)
      else { return }
      if let answer = Self.answer(observed.observation, to: probes[position]) {
        answers[position] = answer
      } else {
        rest.append(position)
      }
    }
    for position in positions {
      if inFlight.count >= options.depth { receive() }
      let probe = probes[position]
      do {
        let request = CaseRequest(
          model: try probe.model.encoded(), inputs: probe.inputs.map { .tensor($0) })
        inFlight[session.submit(request)] = position
      } catch {
        answers[position] = ProbeAnswer.none("\(error)")
      }
    }
    while !inFlight.isEmpty { receive() }
    return rest.sorted()
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
