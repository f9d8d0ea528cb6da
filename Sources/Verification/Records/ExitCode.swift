/// The exit status of a run (certification §1); the numbers are part of the interface.
package enum ExitCode: Int32, CaseIterable, Hashable, Sendable {
  /// Everything that was judged conforms.
  case success = 0
  /// At least one conformance failure.
  case failure = 1
  /// Wrong usage or configuration.
  case usage = 2
  /// An error of the harness: at least one case is inconclusive.
  case harness = 3
  /// Nothing was selected or executed.
  case nothing = 4
  /// Interrupted, or a case or shard is missing.
  case incomplete = 5
  /// A verification failed or something was tampered with.
  case tampered = 6
  /// Only the baseline drifted: unexpected passes, stale or unmatched entries.
  case drift = 7

  /// The one status of several that apply: the first of 2, 3, 6, 5, 4, 1, 7; else success.
  package static func combined(_ codes: some Sequence<ExitCode>) -> ExitCode {
    let present = Set(codes)
    return precedence.first(where: present.contains) ?? .success
  }

  private static let precedence: [ExitCode] = [
    .usage, .harness, .tampered, .incomplete, .nothing, .failure, .drift,
  ]
}
