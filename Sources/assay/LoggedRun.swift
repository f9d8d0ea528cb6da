import CanonicalJSON
import Glibc
import Reports
import Runner
import Synchronization
import Verification

/// What makes two runs execute the same cases.
struct PlanIdentity {
  let count: Int
  let digest: String
  /// `m/n`.
  let shard: String

  init(_ plan: RunPlan) {
    (count, digest, shard) = (plan.entries.count, plan.digest, plan.shardText)
  }

  init(_ cases: ForeignCases) {
    (count, digest, shard) = (cases.count, cases.planDigest, "1/1")
  }
}

/// A run with its log: started afresh, or continued after an interruption.
struct LoggedRun {
  private let directory: ReportDirectory
  private let plan: PlanIdentity
  private let description: RunDescription
  private let history: EventHistory?
  /// The log to go on with, even when it is still empty.
  private let resume: String?

  /// With `resume`, the log must belong to the same plan and backend; the description of the first
  /// start is kept, so that reports do not depend on interruptions.
  init(
    directory: ReportDirectory, plan: PlanIdentity, resume: String?,
    description: inout RunDescription
  ) throws {
    (self.directory, self.plan, self.resume) = (directory, plan, resume)
    guard let resume else {
      (history, self.description) = (nil, description)
      return
    }
    guard let history = try EventHistory.continuable(resume) else {
      (history, self.description) = (nil, description)
      return
    }
    guard history.planDigest == plan.digest, history.shard == plan.shard else {
      throw CommandStop(
        .usage, "\(resume): belongs to another selection of cases; resume with the same options")
    }
    if let first = try history.description {
      if let other = first.difference(from: description) {
        throw CommandStop(.usage, "\(resume): belongs to \(other); resume with the same options")
      }
      description = first
    }
    (self.history, self.description) = (history, description)
  }

  /// What the probes of an earlier start found; nil when there is none in the log.
  var loggedProbes: [ProbeRecord]? { history?.probes }

  /// Executes what is missing and shows progress on stderr; logs `probes`, where there are any.
  func execute(_ run: CaseRun, probes: [ProbeRecord]) throws -> CaseRun.Result {
    let log = try openedLog(probes)
    let judged = history?.settledRecords ?? []
    let isTerminal = Output.isTerminal(2)
    let start = Output.monotonicNanoseconds()
    let line = Mutex(
      (
        ProgressLine(total: plan.count, isTerminal: isTerminal),
        Progress(judged: judged.count)
      ))
    Interruption.install()
    let result: CaseRun.Result
    do throws(RunError) {
      result = try run.run(log: log, judged: judged) { record in
        let text = line.withLock { state -> String? in
          state.1.judged += 1
          switch record.verdict.kind {
          case .fail, .inconclusive: state.1.failed += 1
          case .crash, .timeout: state.1.crashed += 1
          case .pass, .unsupported: break
          }
          return state.0.update(state.1, elapsed: Output.monotonicNanoseconds() - start)
        }
        if let text { Output.write(text, to: 2) }
      } shouldStop: {
        Interruption.wasRequested
      }
    } catch {
      throw stop(error)
    }
    Output.write(line.withLock { $0.0.finish() }, to: 2)
    return result
  }

  private func stop(_ error: RunError) -> CommandStop {
    switch error {
    case .backendDoesNotStart, .host: CommandStop(.usage, "\(error)")
    case .log:
      CommandStop(
        .harness, "\(error); free space and continue with --resume \(resume ?? directory.log)")
    }
  }

  private func openedLog(_ probes: [ProbeRecord]) throws -> sending EventLog {
    let probed: [Event] = probes.isEmpty || loggedProbes != nil ? [] : [.probed(probes)]
    do throws(EventLogError) {
      if let history {
        let log = try EventLog(continuing: history)
        try log.append([.note("resumed after \(history.events.count) events")])
        if !history.isStarted { try log.append([start]) }
        try log.append(probed)
        return log
      }
      let log = try EventLog(
        creating: resume ?? directory.log, planDigest: plan.digest, shard: plan.shard,
        replacesEmpty: resume != nil)
      try log.append(
        [.planned(cases: plan.count, digest: plan.digest, shard: plan.shard), start] + probed)
      return log
    } catch {
      if case .inUse = error { throw CommandStop(.usage, "\(error)") }
      let advice =
        access(directory.log, F_OK) == 0
        ? "give another --report folder, or continue with --resume \(directory.log)"
        : "free space or give another --report folder"
      throw CommandStop(.usage, "\(error); \(advice)")
    }
  }

  private var start: Event { .runStarted(RunDescriptionJSON.json(description)) }
}

extension EventHistory {
  /// The history of a log that a run goes on with; nil when it holds nothing yet.
  fileprivate static func continuable(_ path: String) throws -> EventHistory? {
    do throws(EventLogError) { return try EventHistory(reading: path) } catch {
      if case .empty = error { return nil }
      throw CommandStop(error)
    }
  }

  /// Whether the description of the run was logged.
  fileprivate var isStarted: Bool {
    events.contains { if case .runStarted = $0 { true } else { false } }
  }
}

extension RunDescription {
  /// What makes the records of two runs incomparable, in words; nil: nothing.
  fileprivate func difference(from other: RunDescription) -> String? {
    if backend != other.backend { return "another backend" }
    if numericMode != other.numericMode { return "another numeric mode" }
    if suiteVersion != other.suiteVersion || suiteName != other.suiteName { return "another suite" }
    if toolVersion != other.toolVersion { return "another version of assay" }
    return reproduceArguments == other.reproduceArguments ? nil : "other backend options"
  }
}

extension EventHistory {
  /// The description that the run's first start logged.
  var description: RunDescription? {
    get throws {
      for case .runStarted(let json) in events {
        do { return try RunDescriptionJSON.description(JSONField(json)) } catch {
          throw CommandStop(.tampered, "\(path): \(error)")
        }
      }
      return nil
    }
  }
}
