import Glibc

/// Requests to one worker and its answers, in order, each within its time limit.
///
/// Ends the worker at the first breach: a missed limit, a broken protocol, a dead process.
struct WorkerConversation {
  /// What a request asks for.
  enum Question: Hashable {
    case hello, describe, compile, execute
    /// No answer is expected but the end of the process.
    case shutdown
  }

  /// A request without an answer.
  private struct Open {
    let question: Question
    let number: UInt64
    let limit: UInt64
  }

  /// What came next.
  enum Event {
    case hello(Assay_Worker_HelloReply)
    case answer(UInt64, Question, Assay_Worker_Reply)
    case ended(WorkerEnd)
    /// There is no open request to wait for.
    case idle
  }

  private let process: WorkerProcess
  private let limits: WorkerLimits
  private var open: [Open] = []
  /// When the oldest open request became the oldest: about when the worker turned to it.
  private var oldestSince: UInt64 = 0
  private var lastNumber: UInt64 = 0
  private(set) var end: WorkerEnd?

  init(_ process: WorkerProcess, limits: WorkerLimits) {
    self.process = process
    self.limits = limits
  }

  /// Sends a request that is answered within `limit` of the answer before it.
  ///
  /// - Parameter isFollowed: another message comes at once; the two are written together.
  /// - Returns: its number; nil when the message is longer than a frame may be. Nothing is sent
  ///   once the worker has ended.
  mutating func ask(
    _ question: Question, limit: Duration, isFollowed: Bool = false,
    _ compose: (inout Assay_Worker_HarnessMessage, UInt64) -> Void
  ) -> UInt64? {
    var message = Assay_Worker_HarnessMessage()
    let number = lastNumber + 1
    compose(&message, number)
    guard process.send(message, isFollowed: isFollowed) else { return nil }
    lastNumber = number
    if open.isEmpty { oldestSince = nanoseconds(of: CLOCK_MONOTONIC) }
    open.append(Open(question: question, number: number, limit: limit.clampedNanoseconds))
    return number
  }

  /// Sends a message that has no answer.
  func tell(_ compose: (inout Assay_Worker_HarnessMessage) -> Void) {
    var message = Assay_Worker_HarnessMessage()
    compose(&message)
    // Messages without an answer are a few bytes long.
    _ = process.send(message)
  }

  /// Waits for the answer to the oldest open request.
  mutating func next() -> Event {
    while end == nil {
      do throws(FrameError) {
        if let message = try process.nextMessage() { return interpret(message) }
      } catch {
        return breach(error.description)
      }
      guard let oldest = open.first else { return .idle }
      if oldest.question == .shutdown && process.isFlushed { process.closeInput() }
      switch process.turn(until: oldestSince &+ oldest.limit) {
      case .progress: continue
      case .deadline: return finish(.timeout)
      case .closed: return breach("it closed a stream and goes on running")
      case .ended:
        // What it said before it ended comes first.
        if let message = try? process.nextMessage() { return interpret(message) }
        return finish(nil)
      }
    }
    return end.map { .ended($0) } ?? .idle
  }

  /// Whether the worker has ended while nothing was asked of it.
  mutating func noticeIdleEnd() {
    guard end == nil, open.isEmpty else { return }
    // Standard error may keep one turn busy after another; a worker that talks lives.
    for _ in 0..<4 {
      switch process.turn(until: 0) {
      case .progress: continue
      case .deadline: return
      case .closed: _ = breach("it closed a stream and goes on running")
      case .ended: _ = finish(nil)
      }
      return
    }
  }

  // MARK: - Endings

  private func deathCause(_ exit: ExitFacts) -> WorkerEnd.Cause {
    if exit.status == 0, open.first?.question == .shutdown { return .finished }
    if MemoryDeath.explains(exit, limits: limits) { return .memory }
    if let signal = exit.signal { return .signal(signal) }
    return .exit(exit.status ?? -1)
  }

  private mutating func breach(_ what: String) -> Event {
    finish(.protocolViolation(what))
  }

  /// Ends the worker; without a cause, it ended by itself.
  private mutating func finish(_ cause: WorkerEnd.Cause?) -> Event {
    let exit = process.end()
    let phase: WorkerPhase? =
      switch open.first?.question {
      case .hello, .describe: .start
      case .compile: .compile
      case .execute: .run
      case .shutdown: .shutdown
      case nil: nil
      }
    let end = WorkerEnd(cause: cause ?? deathCause(exit), phase: phase, exit: exit)
    self.end = end
    return .ended(end)
  }

  // MARK: - Answers

  private mutating func interpret(_ arrived: Assay_Worker_WorkerMessage?) -> Event {
    guard let message = arrived else { return breach("a frame that is no message") }
    switch message.kind {
    case .fatal(let fatal): return giveUp(fatal)
    case .hello(let hello):
      guard open.first?.question == .hello else { return breach("an unexpected HelloReply") }
      guard hello.protocolVersion == ProtocolVersion.current else {
        return breach(
          "protocol version \(hello.protocolVersion), expected \(ProtocolVersion.current)")
      }
      answerOldest()
      return .hello(hello)
    case .reply(let reply): return answer(reply)
    case nil: return breach("a message of unknown kind")
    }
  }

  private mutating func giveUp(_ fatal: Assay_Worker_Fatal) -> Event {
    let message = fatal.message.printable(limit: Refusal.longestMessage)
    let refusal = Refusal(Refusal.Status(fatal.status) ?? .error, message: message)
    return finish(.gaveUp(refusal))
  }

  private mutating func answer(_ reply: Assay_Worker_Reply) -> Event {
    guard let oldest = open.first, oldest.question != .hello, oldest.question != .shutdown else {
      return breach("a reply that nobody asked for")
    }
    guard oldest.number == reply.request else {
      return breach("a reply to request \(reply.request), expected \(oldest.number)")
    }
    if let flaw = oldest.question.flaw(of: reply) { return breach(flaw) }
    answerOldest()
    return .answer(oldest.number, oldest.question, reply)
  }

  private mutating func answerOldest() {
    open.removeFirst()
    oldestSince = nanoseconds(of: CLOCK_MONOTONIC)
  }
}

extension WorkerConversation.Question {
  /// What is wrong with the form of a reply; nil: nothing.
  fileprivate func flaw(of reply: Assay_Worker_Reply) -> String? {
    switch (reply.status, self, reply.result) {
    case (.unspecified, _, _): "a reply without status"
    case (.ok, .describe, .descriptionJson), (.ok, .compile, .compiled),
      (.ok, .execute, .executed):
      nil
    case (.ok, _, _): "a reply with status OK and the wrong result"
    case (_, _, nil): nil
    default: "a reply with a result although the status is not OK"
    }
  }
}

extension Duration {
  /// Whole nanoseconds, at least 0 and at most about 146 years.
  var clampedNanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    guard seconds < 1 << 32 else { return 1 << 62 }
    return UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
  }
}

extension Refusal {
  /// Characters of a message that are kept.
  static let longestMessage = 4096

  /// The refusal in a reply whose status is not OK.
  init(_ reply: Assay_Worker_Reply) {
    let status = Status(reply.status) ?? .error
    self.init(
      status, reason: status == .unsupported ? Reason(reply.reason) : .other,
      message: reply.message.printable(limit: Self.longestMessage))
  }
}
