package import BackendHost
package import Spec

/// How a plan is executed.
package struct RunOptions: Sendable {
  package var backend: BackendSpecification
  package var session: SessionOptions
  /// Workers at a time.
  package var jobs: Int
  /// Executions of every case; from two on, differing outputs fail.
  package var repetitions: Int
  /// Multiplies the deadlines of compile and run.
  package var timeoutScale: Double
  package var mode: NumericMode
  /// Stop after this many failures; nil: never.
  package var failureLimit: Int?
  /// Cases sent ahead to each worker.
  package var depth = 6

  package init(
    backend: BackendSpecification, session: SessionOptions = SessionOptions(), jobs: Int = 2,
    repetitions: Int = 1, timeoutScale: Double = 1, mode: NumericMode = .strict,
    failureLimit: Int? = nil
  ) {
    self.backend = backend
    self.session = session
    self.jobs = max(1, jobs)
    self.repetitions = max(1, repetitions)
    self.timeoutScale = timeoutScale
    self.mode = mode
    self.failureLimit = failureLimit
  }

  /// The deadline of one request (certification §2: at least ten seconds, scaled).
  var limit: Duration { .milliseconds(Int64(10_000 * timeoutScale)) }
}
