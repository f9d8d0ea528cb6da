import Glibc

/// Which backend to run, as the command line names it.
package enum BackendSpecification: Hashable, Sendable {
  /// The bundled reference CPU backend.
  case cpu
  /// The oracle itself, served by the `assay` executable.
  case oracle
  /// A shared library with the standard interface.
  case library(path: String)
  /// A program that serves a backend on its standard input and output; found on PATH.
  case command([String])

  /// Reads `cpu`, `oracle`, or the path of a library (with a slash or ending in `.so`).
  package init(parsing text: String) throws(HostError) {
    switch text {
    case "cpu": self = .cpu
    case "oracle": self = .oracle
    case _ where text.contains("/") || text.hasSuffix(".so"): self = .library(path: text)
    default:
      throw .specification(
        text, reason: "neither cpu nor oracle nor a path; a command comes after --")
    }
  }

  /// Takes the words after `--`.
  package init(command: [String]) throws(HostError) {
    guard let first = command.first, !first.isEmpty else {
      throw .specification(command.joined(separator: " "), reason: "an empty command")
    }
    self = .command(command)
  }
}

extension BackendSpecification: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cpu: "cpu"
    case .oracle: "oracle"
    case .library(let path): path
    case .command(let words): "-- " + words.joined(separator: " ")
    }
  }
}

/// A program to start as a worker, and how it takes the streams of the protocol.
struct WorkerLaunch: Hashable, Sendable {
  /// Private descriptors of the protocol in the worker.
  static let input: Int32 = 3
  static let output: Int32 = 4

  let path: String
  /// Including the name of the program.
  let arguments: [String]
  /// Descriptors 3 and 4 instead of standard input and output.
  let usesPrivateDescriptors: Bool
}

extension BackendSpecification {
  /// How to start a worker for this backend.
  /// - Throws: `HostError.missing` for a file that is not there.
  func launch(_ options: SessionOptions) throws(HostError) -> WorkerLaunch {
    let tools = options.toolDirectory ?? Self.executableDirectory
    switch self {
    case .cpu:
      let library = tools + "/libAssayCPUBackend.so"
      return try serving(library, tools: tools, options, remedy: Self.buildRemedy)
    case .library(let path):
      return try serving(path, tools: tools, options, remedy: "check the path of the backend")
    case .oracle:
      let program = tools + "/assay"
      try Self.require(program, remedy: Self.buildRemedy)
      let arguments =
        [program, "serve-oracle"] + Self.privateDescriptors
        + Self.isolation(options, isDefault: true)
      return WorkerLaunch(path: program, arguments: arguments, usesPrivateDescriptors: true)
    case .command(let words):
      let worker = try Self.worker(tools)
      var arguments = [worker] + Self.isolation(options, isDefault: false)
      arguments += ["--memory-bytes", String(options.limits.memoryBytes), "--launch"] + words
      return WorkerLaunch(path: worker, arguments: arguments, usesPrivateDescriptors: false)
    }
  }

  private func serving(
    _ library: String, tools: String, _ options: SessionOptions, remedy: String
  ) throws(HostError) -> WorkerLaunch {
    let worker = try Self.worker(tools)
    try Self.require(library, remedy: remedy)
    // A path without a slash would be searched in the system's directories.
    let path = realpath(library, nil)
    defer { free(path) }
    var arguments = [worker] + Self.privateDescriptors
    arguments += Self.isolation(options, isDefault: true)
    arguments.append(path.map { String(cString: $0) } ?? library)
    return WorkerLaunch(path: worker, arguments: arguments, usesPrivateDescriptors: true)
  }

  private static let buildRemedy = "build it with: swift build"

  private static let privateDescriptors = [
    "--fd-in", String(WorkerLaunch.input), "--fd-out", String(WorkerLaunch.output),
  ]

  private static func isolation(_ options: SessionOptions, isDefault: Bool) -> [String] {
    let isolated = options.isolatesNetwork ?? isDefault
    return ["--parent", String(getpid())] + (isolated ? ["--isolate-network"] : [])
  }

  private static func worker(_ tools: String) throws(HostError) -> String {
    let path = tools + "/assay-worker"
    try require(path, remedy: buildRemedy)
    return path
  }

  private static func require(_ path: String, remedy: String) throws(HostError) {
    guard access(path, R_OK) == 0 else { throw .missing(path: path, remedy: remedy) }
  }

  /// The directory of the running executable.
  private static var executableDirectory: String {
    guard let path = realpath("/proc/self/exe", nil) else { return "." }
    defer { free(path) }
    let text = String(cString: path)
    return text.lastIndex(of: "/").map { String(text[..<$0]) } ?? "."
  }
}
