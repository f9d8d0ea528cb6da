import ArgumentParser
import BackendHost
import Cases
import GoldenStore
import Reports
import Runner
import Verification

/// Plans, executes and judges.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run cases on a backend and write reports.",
    discussion: """
      Examples:
        assay run --backend cpu --tier smoke
        assay run --backend ./libvendor.so -E 'op(Softmax)'
        assay run --report out -- python3 my_worker.py
      """)

  @OptionGroup var suite: SuiteOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: ReportOptions

  @Option(name: .customLong("report"), help: "The folder for log and reports; must not hold a log.")
  var reportDirectory = "assay-report"

  @Option(help: "Continue the run of this log (…/events.jsonl) with the same options.")
  var resume: String?

  mutating func run() throws {
    let suite = try suite.suite()
    let plan = try selection.plan(of: suite)
    let directory = try ReportDirectory(resume.map { ReportDirectory.parent(of: $0) } ?? reportDirectory)
    var options = try backend.options()
    if options.backend == .oracle { options.session.backendOptions = try oracleOptions() }
    let description = try BackendDescription.ask(options)
    options.mode = try backend.declaredMode() ?? description.mode
    var run = RunDescription(
      toolVersion: Assay.version, suiteVersion: Suite.version, tier: plan.tier.rawValue,
      profile: "none", backend: description.identity, numericMode: options.mode.name,
      determinism: description.determinism,
      commandLine: CommandLine.arguments.dropFirst().joined(separator: " "),
      started: Output.timestamp(), reproduceArguments: try backend.reproduceArguments())
    let session = try LoggedRun(
      directory: directory, plan: plan, resume: resume, description: &run)
    let result = try session.execute(
      CaseRun(catalogue: suite.catalogue, plan: plan, options: options, store: suite.goldens))
    run.wasInterrupted = result.wasInterrupted
    let summary = try RunSummary(run, records: result.records, mandatory: [])
    let paths = try directory.writeReports(summary)
    let console = ConsoleReport(
      summary, style: output.style, isQuiet: output.quiet, reportPaths: paths)
    Output.write(console.text, to: 1)
    let code = summary.conclusion.exitCode
    if code != .success { throw CommandStop(code) }
  }

  /// The oracle reads the schemas itself; its worker runs in a folder of its own.
  private func oracleOptions() throws -> String {
    #"{"cases":"\#(ReportDirectory.absolute(suite.cases))"}"#
  }
}
