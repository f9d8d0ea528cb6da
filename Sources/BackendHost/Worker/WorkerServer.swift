import FoundationEssentials
import Glibc
import Tensors

/// Why serving ends before the harness says so.
///
/// Not nested in the generic server: thrown by name from there, it crashes the optimiser of Swift
/// 6.3.
private enum Interruption: Error {
  case fatal(Refusal)
  /// The harness is gone; nobody is left to tell.
  case lost
}

/// Serves a backend over two byte streams until the harness is done with it.
package struct WorkerServer<Backend: ServedBackend> {
  private var backend: Backend
  private var executables: [UInt64: Backend.Executable] = [:]
  private var limits = WorkerLimits(memoryBytes: 0, frameBytes: 0)
  private var queue = FrameQueue()
  private var greeted = false

  package init(backend: Backend) { self.backend = backend }

  /// Reads requests from `input` and answers on `output`, both blocking, until the harness sends
  /// `Shutdown` or closes its end.
  ///
  /// - Returns: the exit status for the process: 0, or 1 when it could not go on.
  package mutating func run(input: Int32, output: Int32) -> Int32 {
    do throws(Interruption) {
      try serve(input: input, output: output)
      close()
      return 0
    } catch {
      if case .fatal(let refusal) = error {
        var message = Assay_Worker_WorkerMessage()
        message.fatal.message = refusal.message
        message.fatal.status = refusal.status.wire
        try? send(message, to: output)
      }
      return 1
    }
  }

  private mutating func serve(input: Int32, output: Int32) throws(Interruption) {
    var reader = FrameReader(limit: limits.frameLimit)
    while true {
      while let arrived = try next(of: &reader) {
        guard let message = arrived else {
          throw .fatal(Refusal(.error, message: "a frame that is no message"))
        }
        guard try answer(message, on: output) else { return }
        reader.limit = limits.frameLimit
      }
      switch reader.fill(from: input) {
      case .bytes, .nothing: continue
      case .end where reader.isBetweenFrames: return
      case .end: throw .fatal(Refusal(.error, message: "the input ends inside a frame"))
      case .failure: throw .lost
      }
    }
  }

  private func next(
    of reader: inout FrameReader
  ) throws(Interruption) -> Assay_Worker_HarnessMessage?? {
    do throws(FrameError) {
      return try reader.next(as: Assay_Worker_HarnessMessage.self)
    } catch {
      throw .fatal(Refusal(.error, message: error.description))
    }
  }

  /// Answers one message; false after `Shutdown`.
  private mutating func answer(
    _ message: Assay_Worker_HarnessMessage, on output: Int32
  ) throws(Interruption) -> Bool {
    if case .hello(let hello) = message.kind { return try greet(hello, on: output) }
    guard greeted else { throw .fatal(Refusal(.error, message: "the first message is no Hello")) }
    switch message.kind {
    case .describe(let request): try send(reply(to: request), to: output)
    case .compile(let request): try send(reply(to: request), to: output)
    case .execute(let request): try send(reply(to: request), to: output)
    case .release(let request):
      if let executable = executables.removeValue(forKey: request.executable) {
        backend.release(executable)
      }
    case .shutdown: return false
    case .hello, nil:
      throw .fatal(Refusal(.error, message: "a message of a kind this worker does not know"))
    }
    return true
  }

  private mutating func greet(
    _ hello: Assay_Worker_Hello, on output: Int32
  ) throws(Interruption) -> Bool {
    guard !greeted else { throw .fatal(Refusal(.error, message: "a second Hello")) }
    guard hello.protocolVersion == ProtocolVersion.current else {
      let text =
        "the harness speaks protocol version \(hello.protocolVersion), "
        + "this worker \(ProtocolVersion.current)"
      throw .fatal(Refusal(.error, message: text))
    }
    limits = WorkerLimits(hello.limits)
    do throws(Refusal) {
      try backend.start(options: hello.optionsJson, limits: limits)
    } catch {
      throw .fatal(error)
    }
    greeted = true
    var message = Assay_Worker_WorkerMessage()
    message.hello.protocolVersion = ProtocolVersion.current
    message.hello.workerVersion = "assay-worker 1"
    message.hello.abiVersion = backend.abiVersion
    try send(message, to: output)
    return true
  }

  private mutating func close() {
    for executable in executables.values { backend.release(executable) }
    executables = [:]
    if greeted { backend.stop() }
  }

  /// Sends at once: an answer that waited would be lost with the process, and the wrong request
  /// would be charged.
  private mutating func send(
    _ message: Assay_Worker_WorkerMessage, to output: Int32
  ) throws(Interruption) {
    if !queue.append(message, limit: limits.frameLimit) {
      var refused = Assay_Worker_WorkerMessage()
      refused.reply.request = message.reply.request
      refused.reply.status = .outOfMemory
      refused.reply.message =
        "the answer is longer than a frame may be (\(limits.frameLimit) bytes)"
      guard queue.append(refused, limit: limits.frameLimit) else { throw .lost }
    }
    guard queue.flush(to: output) == .done else { throw .lost }
  }
}

// MARK: - Requests

extension WorkerServer {
  private mutating func reply(
    to request: Assay_Worker_Describe
  ) -> Assay_Worker_WorkerMessage {
    replying(to: request.request) { backend, reply throws(Refusal) in
      reply.descriptionJson = try backend.backend.describe()
    }
  }

  private mutating func reply(to request: Assay_Worker_Compile) -> Assay_Worker_WorkerMessage {
    replying(to: request.request) { server, reply throws(Refusal) in
      guard server.executables[request.executable] == nil else {
        throw Refusal(.invalidArgument, message: "executable \(request.executable) exists")
      }
      let wall = nanoseconds(of: CLOCK_MONOTONIC)
      let processor = nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID)
      let executable = try server.backend.compile(
        [UInt8](request.model), options: request.optionsJson)
      reply.compiled.cpuNs = nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID) &- processor
      reply.compiled.wallNs = nanoseconds(of: CLOCK_MONOTONIC) &- wall
      reply.compiled.placementJson = server.backend.placement(of: executable)
      server.executables[request.executable] = executable
    }
  }

  private mutating func reply(to request: Assay_Worker_Execute) -> Assay_Worker_WorkerMessage {
    replying(to: request.request) { server, reply throws(Refusal) in
      guard let executable = server.executables[request.executable] else {
        let text = "no executable \(request.executable)"
        throw Refusal(.invalidArgument, message: text)
      }
      let inputs = try Self.inputs(of: request)
      let wall = nanoseconds(of: CLOCK_MONOTONIC)
      var execution = try server.backend.execute(
        executable, inputs: inputs,
        request: ExecutionRequest(poison: request.poison, repetitions: Int(request.repeat)))
      if execution.wallTimes.isEmpty {
        execution.wallTimes = [nanoseconds(of: CLOCK_MONOTONIC) &- wall]
      }
      reply.executed = try Self.message(of: execution)
    }
  }

  /// The reply that `answer` fills in, or the one that says why it could not.
  private mutating func replying(
    to number: UInt64,
    _ answer: (inout Self, inout Assay_Worker_Reply) throws(Refusal) -> Void
  ) -> Assay_Worker_WorkerMessage {
    var reply = Assay_Worker_Reply()
    do throws(Refusal) {
      try answer(&self, &reply)
      reply.status = .ok
    } catch {
      reply.result = nil
      reply.status = error.status.wire
      reply.reason = error.reason.wire
      reply.message = error.message
    }
    reply.request = number
    reply.backendCpuNs = backend.processorTime
    var message = Assay_Worker_WorkerMessage()
    message.reply = reply
    return message
  }

  private static func inputs(of request: Assay_Worker_Execute) throws(Refusal) -> [Value] {
    var inputs: [Value] = []
    inputs.reserveCapacity(request.inputs.count)
    for (index, message) in request.inputs.enumerated() {
      do {
        inputs.append(try message.value())
      } catch {
        throw Refusal(.invalidArgument, message: "input \(index): \(error)")
      }
    }
    return inputs
  }

  private static func message(
    of execution: ServedExecution
  ) throws(Refusal) -> Assay_Worker_Executed {
    var message = Assay_Worker_Executed()
    for (index, output) in execution.outputs.enumerated() {
      do {
        message.outputs.append(try Assay_Worker_ValueMessage(output))
      } catch {
        throw Refusal(.outOfMemory, message: "output \(index): \(error)")
      }
    }
    message.inputsMutated = execution.inputsMutated
    message.outOfBounds = execution.outOfBounds
    message.poisoned = execution.poisoned
    message.unwritten = execution.unwritten
    message.outputsDiffer = execution.outputsDiffer
    message.findings = execution.findings
    message.deviceTimeNs = execution.deviceTime
    message.wallNs = execution.wallTimes.last ?? 0
    message.cpuNs = execution.processorTime
    if execution.wallTimes.count > 1 { message.repeatWallNs = execution.wallTimes }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    message.maxRssBytes = UInt64(clamping: usage.ru_maxrss) &* 1024
    return message
  }
}
