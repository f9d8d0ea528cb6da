import ArgumentParser
import Reports
import Runner
import Verification

/// Tells how a backend computes, beside what it declares.
struct ProbeBackend: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Probe the numeric mode of a backend; exit 1 when it contradicts the declared one.",
    discussion: """
      Examples:
        assay probe --backend cpu
        assay probe --backend ./libvendor.so --mode tf32
      """)

  @OptionGroup var suite: SuiteOptions
  @OptionGroup var backend: BackendOptions

  mutating func run() throws {
    var options = try backend.options()
    if options.backend == .oracle {
      options.session.backendOptions = Run.oracleOptions(casesAt: suite.cases)
    }
    let description = try BackendDescription.ask(options, keepsWorker: true)
    options.mode = try backend.declaredMode() ?? description.mode
    let records = try NumericProbes.records(options, worker: description.started?.session)
    _ = description.started?.session.close()
    let title = "\(description.identity.title) on \(description.identity.device)"
    Output.write(
      ProbeTable.text(records, title: title, declared: options.mode.name), to: 1)
    if records.contains(where: { $0.agreement == .contradicts }) { throw CommandStop(.failure) }
  }
}
