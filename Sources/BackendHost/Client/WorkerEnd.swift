/// What a worker is busy with.
package enum WorkerPhase: String, Hashable, Sendable, CaseIterable {
  /// From the start of the process to the description of the backend.
  case start
  case compile, run
  /// After the request to shut down.
  case shutdown
}

/// How the process of a worker ended and what it used.
package struct ExitFacts: Hashable, Sendable {
  /// Nil when it was ended by a signal, or could not be waited for.
  package var status: Int32?
  package var signal: Int32?
  /// Peak resident size. An upper bound: the kernel starts counting with the size the harness had
  /// when it started the worker.
  package var peakResidentBytes: UInt64 = 0
  /// CPU time of all threads, and of children that were waited for.
  package var processorTime: Duration = .zero
  /// The end of what was written to standard error, at most 64 KiB; not cleaned in any way.
  package var standardError: [UInt8] = []

  package init() {}
}

/// The end of a worker and what it is put down to.
package struct WorkerEnd: Hashable, Sendable {
  package enum Cause: Hashable, Sendable {
    /// It ended when it should: asked to, with status 0.
    case finished
    case signal(Int32)
    /// It exited unasked, or with another status than 0 when asked.
    case exit(Int32)
    /// It died of a lack of memory; see `MemoryDeath`.
    case memory
    /// It broke the protocol, and was killed for that.
    case protocolViolation(String)
    /// It did not answer in time, and was killed for that.
    case timeout
    /// It said that it cannot go on; e.g. the library could not be loaded.
    case gaveUp(Refusal)
  }

  package var cause: Cause
  /// What the oldest unanswered request asked for; nil when there was none.
  package var phase: WorkerPhase?
  package var exit: ExitFacts

  package init(cause: Cause, phase: WorkerPhase?, exit: ExitFacts) {
    (self.cause, self.phase, self.exit) = (cause, phase, exit)
  }
}
