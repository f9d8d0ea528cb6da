import ArgumentParser
import Cases
import GoldenStore
import Verification

/// Where the suite lies.
struct SuiteOptions: ParsableArguments {
  @Option(help: "The folder of the case files.")
  var cases = "conformance-cases"

  @Option(help: "The folder of the golden files.")
  var goldens = "golden-outputs"

  /// Reads the suite, or what a run of the tier and of the filter needs of it; any defect is exit 2
  /// with file and line.
  func suite(tier: Tier? = nil, filter: CaseFilter? = nil) throws -> Suite {
    do {
      return try Suite(cases: cases, goldens: goldens, tier: tier, filter: filter)
    } catch {
      throw CommandStop(.usage, "\(error)")
    }
  }

  /// The case of an id, with what is needed of the suite; nil where the suite has none.
  func `case`(_ text: String) throws -> (suite: Suite, entry: CaseEntry)? {
    guard let id = CaseID(text), let name = id.subject,
      let filter = try? CaseFilter("op(=\(name)) or model(=\(name))")
    else { return nil }
    let suite = try suite(filter: filter)
    return suite.catalogue.entry(id).map { (suite, $0) }
  }
}
