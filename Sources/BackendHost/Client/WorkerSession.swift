import FoundationEssentials
import Tensors

/// A worker that is given cases, several of them in flight.
///
/// For one thread at a time. Cases are answered in the order submitted. After the worker has ended,
/// by itself or for what it did, every case it did not come to is handed back as `unstarted`: no
/// case is lost. The process and all of its descendants are gone when a session has ended.
package final class WorkerSession {
  /// How starting came out.
  package enum Start: Hashable, Sendable {
    /// The backend's description, as JSON; not checked yet.
    case ready(description: String)
    /// The worker runs, but the backend would not describe itself.
    case refused(Refusal)
    case ended(WorkerEnd)
  }

  /// A case without an observation.
  private struct Pending {
    let ticket: Int
    let executable: UInt64
    var compiled: Result<Assay_Worker_Compiled, Refusal>?
    /// Known without the worker: the case is too large for a frame.
    var foregone: Refusal?
    /// Whether the worker will answer.
    var isAsked = false
  }

  private let options: SessionOptions
  private var conversation: WorkerConversation
  private var pending: [Pending] = []
  private var observed: [ObservedCase] = []
  private var tickets = 0
  private var isEndReported = false

  /// The process of the worker, for tests and messages.
  package let processIdentifier: Int32
  /// Processor time that the backend itself has taken in this worker, as far as the worker says:
  /// all of it, or what it took to compile and execute.
  package private(set) var backendTime = Duration.zero
  /// How the worker ended; nil while it runs.
  package var end: WorkerEnd? { conversation.end }
  /// Cases submitted and not observed yet.
  package var inFlight: Int { pending.count + observed.count }

  /// Starts the process; `start` talks to it.
  /// - Throws: `HostError` when there is nothing to start, or the system refuses.
  package init(
    _ backend: BackendSpecification, options: SessionOptions = SessionOptions()
  ) throws(HostError) {
    self.options = options
    let process = try WorkerProcess(backend, options: options)
    processIdentifier = process.identifier
    conversation = WorkerConversation(process, limits: options.limits)
    let options = self.options
    _ = conversation.ask(.hello, limit: options.startLimit) { message, _ in
      message.hello.protocolVersion = ProtocolVersion.current
      message.hello.optionsJson = options.backendOptions
      message.hello.limits = options.limits.message
    }
    _ = conversation.ask(.describe, limit: options.startLimit) { message, number in
      message.describe.request = number
    }
  }

  /// Waits for the backend to introduce itself. To be called once, before anything else.
  package func start() -> Start {
    while true {
      switch conversation.next() {
      case .hello: continue
      case .answer(_, _, let reply):
        note(reply)
        guard reply.status == .ok else { return .refused(Refusal(reply)) }
        return .ready(description: reply.descriptionJson)
      case .ended(let end): return .ended(end)
      case .idle: return .refused(Refusal(.error, message: "the session was started before"))
      }
    }
  }

  /// Ends the worker in an orderly way; cases in flight are lost. Returns how that went.
  package func close() -> WorkerEnd {
    _ = conversation.ask(.shutdown, limit: options.shutdownLimit) { message, _ in
      message.shutdown = Assay_Worker_Shutdown()
    }
    while true {
      if case .ended(let end) = conversation.next() { return end }
    }
  }
}

// MARK: - Cases

extension WorkerSession {
  /// Queues a case: compile, execute and release are sent at once.
  /// - Returns: the ticket under which it will be observed; tickets count from 0.
  package func submit(_ request: CaseRequest) -> Int {
    let ticket = tickets
    tickets += 1
    if pending.isEmpty { conversation.noticeIdleEnd() }
    if conversation.end != nil {
      pending.append(Pending(ticket: ticket, executable: 0))
      return ticket
    }
    var entry = Pending(ticket: ticket, executable: UInt64(ticket) + 1)
    do throws(Refusal) {
      let inputs = try Self.messages(request.inputs)
      try ask(request, inputs: inputs, for: &entry)
    } catch {
      entry.foregone = error
    }
    pending.append(entry)
    return ticket
  }

  private static func messages(_ inputs: [Value]) throws(Refusal) -> [Assay_Worker_ValueMessage] {
    var messages: [Assay_Worker_ValueMessage] = []
    messages.reserveCapacity(inputs.count)
    for (index, input) in inputs.enumerated() {
      do {
        messages.append(try Assay_Worker_ValueMessage(input))
      } catch {
        throw Refusal(.invalidArgument, message: "input \(index): \(error)")
      }
    }
    return messages
  }

  private func ask(
    _ request: CaseRequest, inputs: [Assay_Worker_ValueMessage], for entry: inout Pending
  ) throws(Refusal) {
    let executable = entry.executable
    // The three messages of a case are written together, with the last of them.
    let compiling = conversation.ask(
      .compile, limit: request.compileLimit, isFollowed: true
    ) { message, number in
      message.compile.request = number
      message.compile.executable = executable
      message.compile.model = Data(request.model)
      message.compile.optionsJson = request.compileOptions
    }
    guard compiling != nil else { throw Self.tooLong }
    entry.isAsked = true
    let executing = execute(request, inputs, executable)
    if executing == nil {
      // Asked without inputs, so that every case has its two answers.
      entry.foregone = Self.tooLong
      _ = execute(request, [], executable)
    }
    conversation.tell { $0.release.executable = executable }
  }

  private func execute(
    _ request: CaseRequest, _ inputs: [Assay_Worker_ValueMessage], _ executable: UInt64
  ) -> UInt64? {
    conversation.ask(.execute, limit: request.runLimit, isFollowed: true) { message, number in
      message.execute.request = number
      message.execute.executable = executable
      message.execute.inputs = inputs
      message.execute.poison = request.poison
      message.execute.repeat = UInt32(clamping: request.repetitions)
    }
  }

  private static let tooLong = Refusal(
    .invalidArgument, message: "the case is larger than a frame may be")

  /// Waits for the next case to be over; nil when none is in flight.
  package func nextObservation() -> ObservedCase? {
    while observed.isEmpty, let front = pending.first {
      if let refusal = front.foregone, !front.isAsked {
        complete(.refused(refusal, .run))
        continue
      }
      switch conversation.next() {
      case .answer(_, .compile, let reply):
        note(reply)
        pending[0].compiled = Self.compiled(reply)
      case .answer(_, _, let reply):
        note(reply)
        complete(observation(of: reply, front))
      case .ended(let end): complete(with: end)
      case .hello, .idle: complete(.unstarted)
      }
    }
    return observed.isEmpty ? nil : observed.removeFirst()
  }

  private func note(_ reply: Assay_Worker_Reply) {
    if reply.backendCpuNs > 0 {
      backendTime = .nanoseconds(Int64(clamping: reply.backendCpuNs))
    } else {
      let taken = reply.compiled.cpuNs.addingReportingOverflow(reply.executed.cpuNs).partialValue
      backendTime += .nanoseconds(Int64(clamping: taken))
    }
  }

  /// One case from beginning to end; nothing else may be in flight.
  package func run(_ request: CaseRequest) -> CaseObservation {
    let ticket = submit(request)
    while let next = nextObservation() {
      if next.ticket == ticket { return next.observation }
    }
    return .unstarted
  }

  private func complete(_ observation: CaseObservation) {
    let entry = pending.removeFirst()
    observed.append(ObservedCase(ticket: entry.ticket, observation: observation))
  }

  /// Charges the case the worker was busy with and hands back the others.
  private func complete(with end: WorkerEnd) {
    if end.phase == .compile || end.phase == .run, !isEndReported {
      isEndReported = true
      complete(end.cause == .timeout ? .timedOut(end) : .died(end))
    }
    while !pending.isEmpty { complete(.unstarted) }
  }

  private static func compiled(
    _ reply: Assay_Worker_Reply
  ) -> Result<Assay_Worker_Compiled, Refusal> {
    reply.status == .ok ? .success(reply.compiled) : .failure(Refusal(reply))
  }

  private func observation(of reply: Assay_Worker_Reply, _ entry: Pending) -> CaseObservation {
    if let refusal = entry.foregone { return .refused(refusal, .run) }
    let compiled: Assay_Worker_Compiled
    switch entry.compiled {
    case .success(let facts): compiled = facts
    // The answer to the execution only says that there is no executable.
    case .failure(let refusal): return .refused(refusal, .compile)
    case nil: compiled = Assay_Worker_Compiled()
    }
    guard reply.status == .ok else { return .refused(Refusal(reply), .run) }
    var outputs: [Value] = []
    for (index, message) in reply.executed.outputs.enumerated() {
      do {
        outputs.append(try message.value())
      } catch {
        let text = "output \(index): \(error)".printable(limit: Refusal.longestMessage)
        return .refused(Refusal(.malformed, message: text), .run)
      }
    }
    return .outputs(outputs, ExecutionFacts(reply.executed, compiled: compiled))
  }
}
