package import Tensors

/// What became of a case in a worker. No judgement: that is for the verifier.
package enum CaseObservation: Hashable, Sendable {
  /// It was executed.
  case outputs([Value], ExecutionFacts)
  /// The backend answered something else than success; the worker lives.
  case refused(Refusal, WorkerPhase)
  /// The worker died, or had to be killed for what it did.
  case died(WorkerEnd)
  /// The worker did not answer in time and was killed.
  case timedOut(WorkerEnd)
  /// The worker ended before it came to this case, which is to be submitted to another one.
  case unstarted
}

/// What was observed while a case was compiled and executed.
package struct ExecutionFacts: Hashable, Sendable {
  package var compileWallTime: Duration = .zero
  package var compileProcessorTime: Duration = .zero
  /// Which node runs where, as JSON; empty when the backend does not say.
  package var placement = ""
  /// An input changed during the execution.
  package var inputsMutated = false
  /// Memory next to an input or output was overwritten.
  package var outOfBounds = false
  /// The outputs were poisoned, so that `unwritten` means something.
  package var poisoned = false
  /// Per output: bytes that were never written.
  package var unwritten: [UInt64] = []
  /// Repeated executions did not give the same bytes.
  package var outputsDiffer = false
  /// For people: where these flags come from.
  package var findings: [String] = []
  /// Nil when the device does not say.
  package var deviceTime: Duration?
  /// Of each execution.
  package var wallTimes: [Duration] = []
  /// Of the last execution, over all threads.
  package var processorTime: Duration = .zero
  /// Of the worker so far; an upper bound, see `ExitFacts`.
  package var peakResidentBytes: UInt64 = 0

  package init() {}
}

/// The observation of a submitted case.
package struct ObservedCase: Hashable, Sendable {
  /// What `submit` returned.
  package let ticket: Int
  package let observation: CaseObservation
}

extension ExecutionFacts {
  init(_ executed: Assay_Worker_Executed, compiled: Assay_Worker_Compiled) {
    compileWallTime = .nanoseconds(Int64(clamping: compiled.wallNs))
    compileProcessorTime = .nanoseconds(Int64(clamping: compiled.cpuNs))
    placement = compiled.placementJson
    inputsMutated = executed.inputsMutated
    outOfBounds = executed.outOfBounds
    poisoned = executed.poisoned
    unwritten = executed.unwritten
    outputsDiffer = executed.outputsDiffer
    findings = executed.findings.map { $0.printable(limit: 400) }
    if executed.deviceTimeNs > 0 {
      deviceTime = .nanoseconds(Int64(clamping: executed.deviceTimeNs))
    }
    let walls = executed.repeatWallNs.isEmpty ? [executed.wallNs] : executed.repeatWallNs
    wallTimes = walls.map { .nanoseconds(Int64(clamping: $0)) }
    processorTime = .nanoseconds(Int64(clamping: executed.cpuNs))
    peakResidentBytes = executed.maxRssBytes
  }
}
