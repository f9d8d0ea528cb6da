import ArgumentParser
import CanonicalJSON
import Cases
import Runner

/// Names the cases that would run.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the cases a run would execute; exit 4 if there are none.")

  @OptionGroup var suite: SuiteOptions
  @OptionGroup var selection: SelectionOptions

  @Flag(help: "Print only the number of cases.")
  var count = false

  @Flag(help: "One JSON object per case.")
  var json = false

  mutating func run() throws {
    let plan = try selection.plan(of: try selection.suite(suite))
    if count {
      Output.line("\(plan.entries.count)")
      return
    }
    var text = ""
    for entry in plan.entries { text += (json ? line(entry) : "\(entry.id)") + "\n" }
    Output.write(text, to: 1)
  }

  private func line(_ entry: CaseEntry) -> String {
    let group = entry.group
    return JSON.object([
      "case": .string("\(entry.id)"), "operator": .string(group.operatorName),
      "domain": .string(group.domain), "since": .integer(Int64(group.sinceVersion)),
      "opset": .integer(Int64(group.opset)), "types": .string(group.types),
      "tier": .string(group.tier.rawValue), "class": .string(group.accuracyClass.rawValue),
      "expect": .string(entry.expectation.rawValue), "intent": .string(group.intent),
    ]).canonicalText
  }
}
