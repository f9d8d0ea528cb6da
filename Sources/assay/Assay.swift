import ArgumentParser
import BackendHost
import Glibc
import Reports
import Verification

/// The command line of the conformance suite.
@main
struct Assay: ParsableCommand {
  /// The version of the program.
  static let version = "0.1"

  static let configuration = CommandConfiguration(
    commandName: "assay",
    abstract: "Judges AI backends against the ONNX standard, operator by operator.",
    discussion: """
      Exit codes: 0 conforms, 1 conformance failure, 2 usage or configuration, 3 harness error, \
      4 nothing selected, 5 incomplete, 6 tampered, 7 baseline drift.
      """,
    version: version,
    subcommands: [
      Run.self, List.self, Explain.self, Reproduce.self, Report.self, Merge.self, Doctor.self,
      Export.self, ProbeBackend.self, Prove.self, ReportCoverage.self,
    ])

  /// Runs the command; what fails says so in one line and ends with its documented exit code.
  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    if words.first == "serve-oracle" {
      // A worker, started by `--backend oracle`; its arguments are those of `assay-worker`.
      Glibc.exit(WorkerCommand.serve(OracleBackend(), arguments: Array(words.dropFirst())))
    }
    signal(SIGPIPE, SIG_IGN)
    Output.openClosedStreams()
    do {
      var command = try parseAsRoot()
      try command.run()
      try Output.checkResults()
    } catch let stop as CommandStop {
      if !stop.message.isEmpty { Output.error("assay: \(stop.message)") }
      Glibc.exit(stop.code.rawValue)
    } catch let error as ReportError {
      Output.error("assay: \(error)")
      Glibc.exit(Verification.ExitCode.harness.rawValue)
    } catch let code as ArgumentParser.ExitCode {
      Glibc.exit(code.rawValue)
    } catch {
      let isHelp = exitCode(for: error) == .success
      if isHelp {
        Output.write(fullMessage(for: error) + "\n", to: 1)
        Glibc.exit(0)
      }
      let isUsage = exitCode(for: error) == .validationFailure
      Output.error(isUsage ? fullMessage(for: error) : "assay: \(error)")
      Glibc.exit(Verification.ExitCode.usage.rawValue)
    }
  }
}
