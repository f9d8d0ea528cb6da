import ArgumentParser
import GoldenStore
import Verification

/// Where the suite lies.
struct SuiteOptions: ParsableArguments {
  @Option(help: "The folder of the case files.")
  var cases = "conformance-cases"

  @Option(help: "The folder of the golden files.")
  var goldens = "golden-outputs"

  /// Reads the suite; any defect is exit 2 with file and line.
  func suite() throws -> Suite {
    do { return try Suite(cases: cases, goldens: goldens) } catch {
      throw CommandStop(.usage, "\(error)")
    }
  }
}
