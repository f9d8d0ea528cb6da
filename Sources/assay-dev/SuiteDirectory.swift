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
  /// - Throws: `ValidationError` for a name without cases.
  func catalogue(operators: [String] = []) throws -> CaseCatalogue {
    let standard = try Standard.load(from: cases + "/standard")
    guard !operators.isEmpty else {
      return try CaseCatalogue(load: cases, standard: standard)
    }
    let names = operators.map { "op(=\($0)) or model(=\($0))" }
    let filter = try CaseFilter(names.joined(separator: " or "))
    let catalogue = try CaseCatalogue(load: cases, standard: standard, filter: filter)
    try require(operators, in: catalogue)
    return catalogue
  }

  /// - Throws: `ValidationError` for a name without cases.
  func require(_ operators: [String], in catalogue: CaseCatalogue) throws {
    let known = Set(catalogue.entries.map(\.group.operatorName))
    if let unknown = operators.first(where: { !known.contains($0) }) {
      throw ValidationError("no case file in \(cases) is about '\(unknown)'")
    }
  }
}
