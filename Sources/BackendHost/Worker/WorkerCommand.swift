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
    var rest = arguments[...]
    guard let flags = Flags(&rest) else { return nil }
    if flags.launches {
      guard !rest.isEmpty else { return nil }
      self = .launch(
        Array(rest), surroundings: flags.surroundings, memoryBytes: flags.memoryBytes)
    } else {
      guard rest.count == 1, let library = rest.first, flags.memoryBytes == 0 else { return nil }
      self = .serve(library: library, surroundings: flags.surroundings)
    }
  }

  /// Serves a backend of this package as `assay-worker` serves a library.
  ///
  /// - Parameter arguments: `--fd-in`, `--fd-out`, `--parent` and `--isolate-network` as above.
  /// - Returns: the exit status of the process.
  package static func serve(_ backend: some ServedBackend, arguments: [String]) -> Int32 {
    var rest = arguments[...]
    guard let flags = Flags(&rest), rest.isEmpty, !flags.launches else {
      report("unexpected arguments: \(arguments.joined(separator: " "))")
      return 2
    }
    return serve(backend, surroundings: flags.surroundings)
  }

  private static func serve(
    _ backend: some ServedBackend, surroundings: WorkerSurroundings
  ) -> Int32 {
    var surroundings = surroundings
    guard surroundings.prepare(), let streams = surroundings.claimStreams() else { return 2 }
    var server = WorkerServer(backend: backend)
    return server.run(input: streams.input, output: streams.output)
  }

  /// Does it.
  /// - Returns: the exit status of the process.
  package func run() -> Int32 {
    switch self {
    case .serve(let library, let surroundings):
      return Self.serve(LibraryBackend(path: library), surroundings: surroundings)
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

/// The options in front of what is served or launched.
private struct Flags {
  var surroundings = WorkerSurroundings()
  var memoryBytes: UInt64 = 0
  /// Ended by `--launch`.
  var launches = false

  /// Takes the options off the front; nil for one that is unknown or lacks its number.
  init?(_ rest: inout ArraySlice<String>) {
    while let word = rest.first, word.hasPrefix("-") {
      rest.removeFirst()
      switch word {
      case "--isolate-network": surroundings.isolatesNetwork = true
      case "--memory-bytes":
        guard let number = rest.popFirst().flatMap({ UInt64($0) }) else { return nil }
        memoryBytes = number
      case "--launch":
        launches = true
        return
      default:
        guard let number = rest.popFirst().flatMap({ Int32($0) }), number >= 0 else { return nil }
        switch word {
        case "--fd-in": surroundings.input = number
        case "--fd-out": surroundings.output = number
        case "--parent": surroundings.parent = number
        default: return nil
        }
      }
    }
  }
}
