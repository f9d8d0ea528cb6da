import ArgumentParser
import Cases
import Spec

/// Where the suite lies; every command takes the same options.
struct SuiteDirectory: ParsableArguments {
  @Option(help: "The folder with standard/, operators/ and models/.")
  var cases = "conformance-cases"

  @Option(help: "The folder with golden files and manifest.json.")
  var goldens = "golden-outputs"

  /// Reads standard and case files, all of them or those of the named operators and models.
  func catalogue(operators: [String] = []) throws -> CaseCatalogue {
    let standard = try Standard.load(from: cases + "/standard")
    guard !operators.isEmpty else {
      return try CaseCatalogue(load: cases, standard: standard)
    }
    let names = operators.map { "op(=\($0)) or model(=\($0))" }
    let filter = try CaseFilter(names.joined(separator: " or "))
    return try CaseCatalogue(load: cases, standard: standard, filter: filter)
  }
}
