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

  /// With `resume`, the log must belong to the same plan and backend; the description of the first
  /// start is kept, so that reports do not depend on interruptions.
  init(
    directory: ReportDirectory, plan: PlanIdentity, resume: String?,
    description: inout RunDescription
  ) throws {
    (self.directory, self.plan) = (directory, plan)
    guard let resume else {
      (history, self.description) = (nil, description)
      return
    }
    let history: EventHistory
    do { history = try EventHistory(reading: resume) } catch {
      throw CommandStop(.tampered, "\(error)")
    }
    guard history.planDigest == plan.digest, history.shard == plan.shard else {
      throw CommandStop(
        .usage, "\(resume): belongs to another selection of cases; resume with the same options")
    }
    if let first = try history.description {
      guard first.backend == description.backend, first.numericMode == description.numericMode
      else { throw CommandStop(.usage, "\(resume): belongs to another backend or numeric mode") }
      description = first
    }
    (self.history, self.description) = (history, description)
  }

  /// What the probes of an earlier start found; nil when there is none in the log.
  var loggedProbes: [ProbeRecord]? { history?.probes }

  /// Executes what is missing and shows progress on stderr; logs `probes`, where there are any.
  func execute(_ run: CaseRun, probes: [ProbeRecord]) throws -> CaseRun.Result {
    let log = try openedLog(probes)
    let judged = history?.foldedRecords ?? []
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
      throw CommandStop(Self.code(of: error), "\(error)")
    }
    Output.write(line.withLock { $0.0.finish() }, to: 2)
    return result
  }

  private static func code(of error: RunError) -> Verification.ExitCode {
    switch error {
    case .backendDoesNotStart, .host: .usage
    case .log: .harness
    }
  }

  private func openedLog(_ probes: [ProbeRecord]) throws -> sending EventLog {
    let probed: [Event] = probes.isEmpty || loggedProbes != nil ? [] : [.probed(probes)]
    do throws(EventLogError) {
      if let history {
        let log = try EventLog(continuing: history)
        try log.append([.note("resumed after \(history.events.count) events")] + probed)
        return log
      }
      let log = try EventLog(
        creating: directory.log, planDigest: plan.digest, shard: plan.shard)
      try log.append(
        [
          .planned(cases: plan.count, digest: plan.digest, shard: plan.shard),
          .runStarted(RunDescriptionJSON.json(description)),
        ] + probed)
      return log
    } catch {
      let advice =
        access(directory.log, F_OK) == 0
        ? "give another --report folder, or continue with --resume \(directory.log)"
        : "free space or give another --report folder"
      throw CommandStop(.usage, "\(error); \(advice)")
    }
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
