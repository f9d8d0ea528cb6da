import CSystem
import Glibc

/// Where a worker process finds its streams and how it is cut off from the rest.
package struct WorkerSurroundings: Hashable, Sendable {
  /// The streams of the protocol, as the harness passes them; nil: standard input and output.
  package var input: Int32?
  package var output: Int32?
  /// Ends with this process; nil: does not care.
  package var parent: Int32?
  package var isolatesNetwork = false

  /// Descriptors of the protocol are moved as far up, where libraries that close or use descriptors
  /// at will do not reach them.
  private static let highNumber: Int32 = 640

  package init() {}

  /// Ties the process to its parent and takes the network away; to be called before any thread
  /// exists. Says on standard error why it failed.
  package func prepare() -> Bool {
    if let parent {
      let failure = cs_signal_on_parent_death(SIGKILL, parent)
      // The harness is gone already; nobody waits for this worker.
      if failure == ESRCH { return false }
    }
    guard isolatesNetwork else { return true }
    var isolated = false
    let failure = cs_isolate_network(&isolated)
    if failure != 0 { WorkerCommand.report("no own network: \(errorText(failure))") }
    return true
  }

  /// Takes the streams of the protocol out of reach of the backend and leaves it an empty standard
  /// input and a standard output that goes to standard error.
  ///
  /// - Returns: nil, having said why on standard error, when a descriptor cannot be used.
  package mutating func claimStreams() -> (input: Int32, output: Int32)? {
    let sources = (input ?? STDIN_FILENO, output ?? STDOUT_FILENO)
    guard let input = Self.moveUp(sources.0), let output = Self.moveUp(sources.1) else {
      WorkerCommand.report("descriptors \(sources.0) and \(sources.1): \(errorText(errno))")
      return nil
    }
    for descriptor in [sources.0, sources.1] where descriptor > STDERR_FILENO {
      close(descriptor)
    }
    let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard null >= 0, dup2(null, STDIN_FILENO) >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else {
      WorkerCommand.report("cannot redirect standard streams: \(errorText(errno))")
      return nil
    }
    if null > STDERR_FILENO { close(null) }
    // A harness that went away is an error of a write, not the end by a signal.
    signal(SIGPIPE, SIG_IGN)
    return (input, output)
  }

  private static func moveUp(_ descriptor: Int32) -> Int32? {
    for minimum in [highNumber, 200, 3] {
      var duplicate: Int32 = -1
      let failure = cs_duplicate_above(descriptor, minimum, &duplicate)
      if failure == 0 { return duplicate }
      errno = failure
    }
    return nil
  }
}
