import ArgumentParser
import Cases
import Runner
import Verification

/// Writes cases in the classic ONNX layout, for runners of the old corpus.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write cases as model.onnx + test_data_set_0 folders.",
    discussion: "Random and must-reject cases have no golden outputs and are left out.")

  @OptionGroup var suite: SuiteOptions
  @OptionGroup var selection: SelectionOptions
  @Option(help: "The folder to write to.") var into: String

  mutating func run() throws {
    let suite = try selection.suite(suite)
    var count = 0
    for entry in try selection.plan(of: suite).entries
    where entry.group.accuracyClass != .random && entry.expectation == .mustMatch {
      let name = "\(entry.id)".map {
        $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." ? $0 : "_"
      }
      try CaseExport(suite: suite, entry: entry).write(to: "\(into)/\(String(name))")
      count += 1
    }
    guard count > 0 else { throw CommandStop(.nothing, "no selected case has a golden to export") }
    Output.line("\(count) cases exported to \(into)")
  }
}
