import ArgumentParser
import BackendHost
import Reports
import Runner
import Spec
import Verification

/// Which backend is judged, and how its workers run.
struct BackendOptions: ParsableArguments {
  @Option(help: "cpu, oracle, or the path of a library; a worker command comes after --.")
  var backend: String?

  @Option(
    name: .customLong("backend-option"), help: "KEY=VALUE, handed to the backend; repeatable.")
  var backendOptions: [String] = []

  @Option(name: .customLong("env"), help: "NAME=VALUE in the worker's environment; repeatable.")
  var environment: [String] = []

  @Option(help: "Workers at a time.")
  var jobs = 2

  @Option(name: .customLong("repeat"), help: "Executions of every case; differing outputs fail.")
  var repetitions = 1

  @Option(name: .customLong("timeout-scale"), help: "Multiplies every deadline.")
  var timeoutScale = 1.0

  @Option(help: "The numeric mode to judge in; default: the one the backend declares.")
  var mode: String?

  @Option(help: "Stop after this many failures.")
  var maxFail: Int?

  @Flag(help: "Stop after the first failure.")
  var failFast = false

  @Option(name: .customLong("memory-limit"), help: "Address space of a worker, in MiB.")
  var memoryLimit = 8192

  @Argument(parsing: .postTerminator, help: "A worker command, after --.")
  var command: [String] = []

  /// The backend named by `--backend` or after `--`.
  func specification() throws -> BackendSpecification {
    do {
      if !command.isEmpty {
        guard backend == nil else {
          throw CommandStop(.usage, "give either --backend or a command after --")
        }
        return try BackendSpecification(command: command)
      }
      guard let backend else {
        throw CommandStop(.usage, "no backend: --backend cpu, --backend LIB.so, or -- COMMAND")
      }
      return try BackendSpecification(parsing: backend)
    } catch let error as HostError {
      throw CommandStop(.usage, "\(error)")
    }
  }

  /// Options of a run; the numeric mode is settled when the backend has described itself.
  func options() throws -> RunOptions {
    try checkRanges()
    var session = SessionOptions(backendOptions: try optionsJSON())
    session.environment = try pairs(environment, option: "--env")
    session.limits.memoryBytes = UInt64(memoryLimit) << 20
    return RunOptions(
      backend: try specification(), session: session, jobs: jobs, repetitions: repetitions,
      timeoutScale: timeoutScale, mode: try declaredMode() ?? .strict,
      failureLimit: failFast ? 1 : maxFail)
  }

  private func checkRanges() throws {
    func require(_ isInRange: Bool, _ option: String, _ value: Any, _ range: String) throws {
      guard !isInRange else { return }
      throw CommandStop(.usage, "\(option) \(value): give \(range)")
    }
    try require((1...64).contains(jobs), "--jobs", jobs, "1 to 64")
    try require((1...1000).contains(repetitions), "--repeat", repetitions, "1 to 1000")
    try require(
      timeoutScale > 0 && timeoutScale <= 1000, "--timeout-scale", timeoutScale,
      "a number above 0, at most 1000")
    try require(
      (64..<1 << 24).contains(memoryLimit), "--memory-limit", memoryLimit, "64 to 16777215")
    try require((maxFail ?? 1) >= 1, "--max-fail", maxFail ?? 1, "a number of failures, at least 1")
  }

  /// The mode of `--mode`, nil without the option.
  func declaredMode() throws -> NumericMode? {
    guard let mode else { return nil }
    guard let known = NumericMode.named[mode] else {
      let names = NumericMode.named.keys.sorted().joined(separator: ", ")
      throw CommandStop(.usage, "--mode \(mode): choose one of \(names)")
    }
    return known
  }

  /// What follows `assay reproduce CASE` to meet the same backend.
  func reproduceArguments() throws -> String {
    var words: [String] = []
    if let backend { words += ["--backend", backend] }
    for option in backendOptions { words += ["--backend-option", option] }
    for variable in environment { words += ["--env", variable] }
    if let mode { words += ["--mode", mode] }
    if !command.isEmpty { words += ["--"] + command }
    return words.map { SystemText.shellWord($0) }.joined(separator: " ")
  }
}
