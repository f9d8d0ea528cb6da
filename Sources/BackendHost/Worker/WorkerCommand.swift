import CSystem
import Glibc

/// What the worker executable is asked to do.
package enum WorkerCommand: Hashable, Sendable {
  /// Serve a library.
  case serve(library: String, surroundings: WorkerSurroundings)
  /// Turn into another program, which then serves a backend itself.
  case launch([String], surroundings: WorkerSurroundings, memoryBytes: UInt64)

  package static let usage = """
    usage: assay-worker [--fd-in N --fd-out N] [--isolate-network] [--parent PID] LIBRARY
           assay-worker [--memory-bytes N] [--isolate-network] [--parent PID] --launch COMMAND ...

    Serves a backend library over the worker protocol, by default on standard input and output,
    or limits itself and turns into COMMAND, which serves a backend on its own.
    """

  /// - Parameter arguments: without the name of the program.
  /// - Returns: nil for arguments that make no sense.
  package init?(_ arguments: [String]) {
    var surroundings = WorkerSurroundings()
    var memoryBytes: UInt64 = 0
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--isolate-network": surroundings.isolatesNetwork = true
      case "--fd-in", "--fd-out", "--parent":
        guard let number = rest.popFirst().flatMap({ Int32($0) }), number >= 0 else { return nil }
        if word == "--fd-in" { surroundings.input = number }
        if word == "--fd-out" { surroundings.output = number }
        if word == "--parent" { surroundings.parent = number }
      case "--memory-bytes":
        guard let number = rest.popFirst().flatMap({ UInt64($0) }) else { return nil }
        memoryBytes = number
      case "--launch":
        guard !rest.isEmpty else { return nil }
        self = .launch(Array(rest), surroundings: surroundings, memoryBytes: memoryBytes)
        return
      default:
        guard !word.hasPrefix("-"), rest.isEmpty, memoryBytes == 0 else { return nil }
        self = .serve(library: word, surroundings: surroundings)
        return
      }
    }
    return nil
  }

  /// Does it.
  /// - Returns: the exit status of the process.
  package func run() -> Int32 {
    switch self {
    case .serve(let library, var surroundings):
      guard surroundings.prepare(), let streams = surroundings.claimStreams() else { return 2 }
      var server = WorkerServer(backend: LibraryBackend(path: library))
      return server.run(input: streams.input, output: streams.output)
    case .launch(let command, let surroundings, let memoryBytes):
      guard surroundings.prepare() else { return 2 }
      return Self.become(command, memoryBytes: memoryBytes)
    }
  }

  /// Returns only when it fails, with the status a shell would give.
  private static func become(_ command: [String], memoryBytes: UInt64) -> Int32 {
    do throws(Refusal) {
      try WorkerLimits(memoryBytes: memoryBytes).apply()
    } catch {
      report(error.message)
      return 2
    }
    var arguments = command.map { strdup($0) }
    arguments.append(nil)
    if let program = arguments[0] { execvp(program, arguments) }
    let failure = errno
    report("cannot start \(command[0]): \(errorText(failure))")
    return failure == ENOENT ? 127 : 126
  }

  /// Writes a line to standard error.
  package static func report(_ text: String) {
    let line = Array("assay-worker: \(text)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
  }
}
