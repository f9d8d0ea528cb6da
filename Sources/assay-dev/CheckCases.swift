import ArgumentParser
import Cases
import GoldenStore

/// Expands case files and lets the oracle evaluate every case, without writing anything.
struct CheckCases: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-cases",
    abstract: "Expands the case files of the named operators or models and evaluates every case.",
    discussion: "Exits 1 when a case cannot be made or evaluated, naming each.")

  @OptionGroup var suite: SuiteDirectory

  @Argument(help: "Operators and models to check; none: all.")
  var operators: [String] = []

  mutating func run() throws {
    let catalogue = try suite.catalogue(operators: operators)
    let (files, failures) = GoldenMaking(catalogue: catalogue).files()
    for failure in failures { print("FAIL \(failure)") }
    var counts: [String: Int] = [:]
    for entry in catalogue.entries { counts[entry.group.operatorName, default: 0] += 1 }
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) { print("\(name): \(count) cases") }
    let bytes = files.values.reduce(0) { $0 + $1.count }
    print(
      "\(catalogue.entries.count) cases, \(bytes / 1024) KiB of goldens, \(failures.count) failures"
    )
    guard failures.isEmpty else { throw ExitCode(1) }
  }
}
