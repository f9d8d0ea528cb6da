import ArgumentParser
import BackendHost
import Cases
import GoldenStore
import Reports
import Runner
import Tensors
import Verification

/// Runs one case, verbosely.
struct Reproduce: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run one case and show everything about its verdict.")

  @OptionGroup var suite: SuiteOptions
  @OptionGroup var backend: BackendOptions
  @Argument(help: "The case id.") var caseID: String
  @Option(help: "Write model, inputs, golden and outputs into this folder.") var dump: String?

  mutating func run() throws {
    guard let (suite, entry) = try suite.case(caseID) else {
      throw CommandStop(.nothing, "\(caseID): no case of this suite; see `assay list`")
    }
    var options = try backend.options()
    let description = try BackendDescription.ask(options)
    options.mode = try backend.declaredMode() ?? description.mode
    options.jobs = 1
    let single = SingleCase(suite: suite, entry: entry, options: options)
    let (judgement, observation) = try single.judge()
    if let dump {
      try CaseExport(suite: suite, entry: entry).write(to: dump, observed: observation)
    }
    let made = try suite.materialise(entry)
    Output.write(SingleCase.card(entry, made, judgement, mode: options.mode.name), to: 1)
    switch judgement.verdict.kind {
    case .pass: return
    case .unsupported: return
    case .inconclusive: throw CommandStop(.harness)
    case .fail, .crash, .timeout: throw CommandStop(.failure)
    }
  }
}
