import ArgumentParser
import BackendHost

/// Serves the oracle over the worker protocol; started by `--backend oracle`.
struct ServeOracle: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve-oracle", abstract: "Serves the oracle as a worker.",
    shouldDisplay: false)

  @Option(help: "Descriptor the harness writes to.") var fdIn: Int32 = 0
  @Option(help: "Descriptor the harness reads from.") var fdOut: Int32 = 1
  mutating func run() throws {
    var server = WorkerServer(backend: OracleBackend())
    throw ArgumentParser.ExitCode(server.run(input: fdIn, output: fdOut))
  }
}
