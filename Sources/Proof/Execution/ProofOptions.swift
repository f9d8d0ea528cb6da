package import BackendHost
package import Runner

/// What proves the cases, and how.
package struct ProofOptions: Sendable {
  package var faults: RunOptions
  package var witnesses: RunOptions
  /// SHA-256 (hex) over the programs or sources that outcomes depend on, case and catalogues aside.
  package var codeDigest: @Sendable ([String]) -> String
  /// Pairs of workers at a time.
  package var jobs: Int
  /// Whether it is kept what other suites would say of every result.
  package var recordsSchemes = false
  /// Multiplies the deadline of an execution.
  package var timeoutScale = 1.0
  /// Requests sent ahead by each thread.
  package var depth = 24

  /// `codeDigest` is given the operators of a case's model.
  package init(
    faults: BackendSpecification, witnesses: BackendSpecification, jobs: Int,
    session: SessionOptions = SessionOptions(),
    codeDigest: @escaping @Sendable ([String]) -> String
  ) {
    self.faults = RunOptions(backend: faults, session: session)
    self.witnesses = RunOptions(backend: witnesses, session: session)
    self.jobs = max(1, jobs)
    self.codeDigest = codeDigest
  }

  /// Cases take milliseconds: what takes a second does not end, and there are many of these faults.
  var runLimit: Duration { .milliseconds(Int64(1_000 * timeoutScale)) }
}
