import BackendHost
import Runner

/// A worker of one library, replaced when it dies; no step is lost.
///
/// Answers come in the order of submission, but for steps that a dying worker never came to: those
/// are asked again, in their order.
final class VariantWorker {
  private let options: RunOptions
  private var session: WorkerSession?
  private var flight: [ProofStep] = []
  private var returned: [ProofStep] = []
  /// Workers in a row that ended without answering anything.
  private var barren = 0

  private static let barrenLimit = 3

  init(_ options: RunOptions) { self.options = options }

  var inFlight: Int { flight.count + returned.count }

  func submit(_ step: ProofStep) throws(RunError) {
    let session = try liveSession()
    _ = session.submit(step.request)
    flight.append(step)
  }

  /// The next answer; nil when nothing is in flight.
  func next() throws(RunError) -> (step: ProofStep, observation: CaseObservation)? {
    while inFlight > 0 {
      guard let session, let observed = session.nextObservation(), !flight.isEmpty else {
        returned = flight + returned
        flight = []
        try askAgain()
        continue
      }
      let step = flight.removeFirst()
      if case .unstarted = observed.observation {
        returned.append(step)
        if flight.isEmpty { try askAgain() }
        continue
      }
      barren = 0
      return (step, observed.observation)
    }
    return nil
  }

  func close() { _ = session?.close() }

  private func askAgain() throws(RunError) {
    barren += 1
    guard barren <= Self.barrenLimit else {
      throw .backendDoesNotStart(
        backend: "\(options.backend)",
        reason: "\(Self.barrenLimit) workers in a row ended without an answer")
    }
    session = nil
    let steps = returned
    returned = []
    for step in steps { try submit(step) }
  }

  private func liveSession() throws(RunError) -> WorkerSession {
    // With steps in flight the dead session still has to hand them back.
    if let session, session.end == nil || !flight.isEmpty { return session }
    let started = try SessionStart.start(options)
    session = started.session
    return started.session
  }
}
