import ArgumentParser
import BackendHost
import Cases
import Glibc
import GoldenStore
import Proof
import Reports
import Runner
import Verification

/// Proves that the cases notice what is wrong and pass what is right.
struct Prove: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prove the cases: every fault is noticed, every right way of computing passes.",
    discussion: """
      Runs every case through a library of faults and one of witnesses. Proofs are kept in the \
      journal of --into: a case is proven again only where something changed that its proof depends \
      on, and asking for more adds only what is missing. An interrupted proof goes on.

      Examples:
        assay prove --tier smoke
        assay prove -E 'op(Softmax)' --seeds 12
        assay prove --tier ci --schemes --witness-log witnesses.jsonl
      """)

  @OptionGroup var suite: SuiteOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var libraries: ProofLibraryOptions
  @OptionGroup var output: ReportOptions

  @Option(help: "The folder for the journal and the page.")
  var into = "proof"

  @Option(help: "Sets of fresh inputs for the witnesses, beside the stored ones.")
  var seeds = 0

  @Flag(help: "Record how far bounds stand from faults and witnesses; exit 7 when that changes.")
  var record = false

  @Flag(help: "Also say what the rules of other suites would accept and reject.")
  var schemes = false

  @Option(
    help: ArgumentHelp(
      """
      Write the largest error/bound ratio of each witness in each case to FILE, one JSON object a \
      line: schema, case, witness, mode, ratio (a hexadecimal number), or alarm where it failed, and \
      seed for fresh inputs.
      """, valueName: "file"))
  var witnessLog: String?

  @Flag(help: "Write the proof as a document, docs/proof.md.")
  var writeDocs = false

  @Option(help: "Where --write-docs writes.")
  var document = "docs/proof.md"

  mutating func run() throws {
    guard (0...1000).contains(seeds) else {
      throw CommandStop(.usage, "--seeds \(seeds): give 0 to 1000")
    }
    let suite = try suite.suite()
    let plan = try selection.plan(of: suite)
    var options = try libraries.options(cases: self.suite.cases)
    options.recordsSchemes = schemes
    let session = ProofSession(
      suite: suite, plan: plan, options: options, folder: into, seeds: seeds)
    let (proven, wasInterrupted) = try session.prove()
    var codes: [Verification.ExitCode] = wasInterrupted ? [.incomplete] : []
    let publication = ProofPublication(
      folder: into, goldens: self.suite.goldens, tier: selection.tier)
    let summary: ProofSummary
    if record, !wasInterrupted {
      if try publication.record(proven, of: suite) { codes.append(.drift) }
      summary = proven
    } else {
      summary = proven.adding(try publication.drift(of: proven))
    }
    try publication.writePage(summary)
    if writeDocs, !wasInterrupted {
      try publication.writeDocument(summary, of: suite, to: document)
    }
    if let witnessLog, !wasInterrupted {
      try publication.writeWitnessLog(summary, to: witnessLog)
    }
    if schemes { Output.write(SchemeTable(summary).text + "\n\n", to: 1) }
    Output.write(ProofConsole(summary, isQuiet: output.quiet).text, to: 1)
    if !summary.findings.isEmpty { codes.append(.failure) }
    let code = Verification.ExitCode.combined(codes)
    if code != .success { throw CommandStop(code) }
  }
}
