package import BackendHost
package import Runner

/// What proves the cases, and how.
package struct ProofOptions: Sendable {
  package var faults: RunOptions
  package var witnesses: RunOptions
  /// The programs or sources that outcomes depend on, case and catalogues aside.
  package var code: CodeDigest
  /// Pairs of workers at a time.
  package var jobs: Int
  /// Whether it is kept what other suites would say of every result.
  package var recordsSchemes = false
  /// Multiplies the deadline of an execution.
  package var timeoutScale = 1.0
  /// Requests sent ahead by each thread.
  package var depth = 24

  package init(
    faults: BackendSpecification, witnesses: BackendSpecification, jobs: Int,
    session: SessionOptions = SessionOptions(), code: CodeDigest
  ) {
    self.faults = RunOptions(backend: faults, session: session)
    self.witnesses = RunOptions(backend: witnesses, session: session)
    self.jobs = max(1, jobs)
    self.code = code
  }

  /// Cases take milliseconds: what takes a second does not end, and there are many of these faults.
  var runLimit: Duration { .milliseconds(Int64(1_000 * timeoutScale)) }
}
