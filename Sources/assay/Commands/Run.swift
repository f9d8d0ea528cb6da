import ArgumentParser
import BackendHost
import Cases
import GoldenStore
import Probing
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

  @Option(help: "Run a folder in the classic ONNX test layout instead of the suite.")
  var onnxSuite: String?

  @Flag(help: "Leave out the probes of the numeric mode.")
  var noProbes = false

  @Flag(help: "Record informative metrics and other suites' rules for passing cases too.")
  var metrics = false

  mutating func validate() throws {
    if metrics, onnxSuite != nil {
      throw ValidationError("--metrics is for the suite's own cases, not for --onnx-suite")
    }
  }

  mutating func run() throws {
    guard onnxSuite == nil || (selection.filter == nil && selection.shard == nil) else {
      throw CommandStop(
        .usage, "--onnx-suite runs a whole folder; give the folder of one case instead of a filter")
    }
    let suite = try onnxSuite == nil ? selection.suite(suite) : nil
    let plan = try suite.map { try selection.plan(of: $0) }
    var options = try backend.options()
    if options.backend == .oracle {
      options.session.backendOptions = Self.oracleOptions(casesAt: self.suite.cases)
    }
    let description = try BackendDescription.ask(options, keepsWorker: true)
    options.mode = try backend.declaredMode() ?? description.mode
    var account = try runDescription(description, mode: options.mode.name)
    let cases: any CaseSource
    let identity: PlanIdentity
    if let suite, let plan {
      cases = SuiteCases(
        plan: plan, suite: suite, mode: options.mode, recordsMetrics: metrics)
      identity = PlanIdentity(plan)
    } else {
      let foreign = try ForeignRun(
        folder: onnxSuite ?? "", standardAt: self.suite.cases, options: options)
      (cases, identity) = (foreign.cases, PlanIdentity(foreign.cases))
    }
    let directory = try ReportDirectory(
      resume.map { ReportDirectory.parent(of: $0) } ?? reportDirectory)
    let session = try LoggedRun(
      directory: directory, plan: identity, resume: resume, description: &account)
    let probes = try probes(session.loggedProbes, options, description.started?.session)
    let run = CaseRun(cases, options: options, started: description.started)
    let result = try session.execute(run, probes: probes)
    account.wasInterrupted = result.wasInterrupted
    try finish(account, result.records, probes, directory)
  }

  /// Those of the log that is gone on with, or new ones by the worker that described the backend.
  private func probes(
    _ logged: [ProbeRecord]?, _ options: RunOptions, _ worker: WorkerSession?
  ) throws -> [ProbeRecord] {
    if let logged { return logged }
    return noProbes ? [] : try NumericProbes.records(options, worker: worker)
  }

  private func runDescription(
    _ backendDescription: BackendDescription, mode: String
  ) throws -> RunDescription {
    RunDescription(
      toolVersion: Assay.version, suiteName: onnxSuite == nil ? "Assay" : "ONNX layout",
      suiteVersion: onnxSuite ?? Suite.version, tier: onnxSuite == nil ? selection.tier : "interop",
      profile: "none", backend: backendDescription.identity, numericMode: mode,
      determinism: backendDescription.determinism,
      commandLine: CommandLine.arguments.dropFirst().joined(separator: " "),
      started: Output.timestamp(), reproduceArguments: try backend.reproduceArguments())
  }

  private func finish(
    _ run: RunDescription, _ records: [CaseRecord], _ probes: [ProbeRecord],
    _ directory: ReportDirectory
  ) throws {
    let summary = try RunSummary(
      run, records: records, mandatory: [], secondJudgement: ForeignRun.ownColumn(records),
      probes: probes)
    let paths = try directory.writeReports(summary)
    let console = ConsoleReport(
      summary, style: output.style, isQuiet: output.quiet, reportPaths: paths)
    Output.write(console.text, to: 1)
    let code = summary.conclusion.exitCode
    if code != .success { throw CommandStop(code) }
  }

  /// The oracle reads the schemas itself; its worker runs in a folder of its own.
  static func oracleOptions(casesAt cases: String) -> String {
    #"{"cases":"\#(ReportDirectory.absolute(cases))"}"#
  }
}
