import Synchronization
package import Verification

/// The one place that worker threads write to: log first, then counters and the observer.
final class RunLedger: Sendable {
  private struct State {
    var log: EventLog
    var failure: EventLogError?
    var generations = 0
    var failures = 0
  }

  private let state: Mutex<State>
  private let observer: @Sendable (CaseRecord) -> Void

  init(log: sending EventLog, observer: @escaping @Sendable (CaseRecord) -> Void) {
    state = Mutex(State(log: log))
    self.observer = observer
  }

  /// Why the log could not be written; the run ends then.
  var failure: EventLogError? { state.withLock { $0.failure } }

  /// A number for the next worker, from 1.
  func nextGeneration() -> Int {
    state.withLock { state in
      state.generations += 1
      return state.generations
    }
  }

  /// Appends events; returns how many cases have failed so far, or nil when the log failed.
  @discardableResult
  func append(_ events: [Event]) -> Int? {
    // Most of the work, and threads that wait for the lock spin.
    let encoded = events.map { EncodedEvent($0) }
    let count: Int? = state.withLock { state in
      guard state.failure == nil else { return nil }
      do throws(EventLogError) {
        try state.log.append(encoded)
      } catch {
        state.failure = error
        return nil
      }
      for case .caseJudged(let record) in events where record.verdict.isFailure {
        state.failures += 1
      }
      return state.failures
    }
    if count != nil {
      for case .caseJudged(let record) in events { observer(record) }
    }
    return count
  }

  /// Makes the log durable.
  func synchronise() {
    state.withLock { state in
      do throws(EventLogError) { try state.log.synchronise() } catch { state.failure = error }
    }
  }
}

extension Verdict {
  /// Whether the verdict counts as a failure of the run.
  package var isFailure: Bool {
    switch self {
    case .pass, .unsupported: false
    case .fail, .crash, .timeout, .inconclusive: true
    }
  }
}
