import ArgumentParser
import GoldenStore

/// Makes goldens and the manifest anew.
struct Regenerate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes goldens and the manifest with the oracle.",
    discussion: """
      Writes what changed and exits 7: a run that records goldens is never green. With --check \
      nothing is written, and the command exits 1 when anything would change. Exits 3 when a case \
      cannot be evaluated or a file cannot be written.
      """)

  @OptionGroup var suite: SuiteDirectory

  @Flag(help: "Only say whether anything would change.")
  var check = false

  @Argument(
    help: "Operators and models to make; none: all. The stored goldens of all others are kept.")
  var operators: [String] = []

  mutating func run() throws {
    let catalogue = try suite.catalogue()
    try suite.require(operators, in: catalogue)
    let making = GoldenMaking(catalogue: catalogue)
    let names = operators.isEmpty ? nil : Set(operators)
    var (files, failures) = making.files(of: names)
    if let names {
      do throws(GoldenError) {
        files.merge(try making.storedFiles(in: suite.goldens, without: names)) { made, _ in made }
      } catch {
        failures.append(error)
      }
    }
    for failure in failures { print("FAIL \(failure)") }
    guard failures.isEmpty else { throw ExitCode(3) }
    let publication = try GoldenPublication(
      directory: suite.goldens, catalogue: catalogue, files: files)
    let changes: [String]
    do { changes = try check ? publication.changes() : publication.publish() } catch {
      // Neither "would change" (1) nor "written" (7): what is stored is a mixture.
      print("FAIL \(error); free space and run the command again before using the goldens")
      throw ExitCode(3)
    }
    for path in changes { print(check ? "would change: \(path)" : "changed: \(path)") }
    print("\(catalogue.entries.count) cases, \(files.count) golden files, \(changes.count) changed")
    if !changes.isEmpty { throw ExitCode(check ? 1 : 7) }
  }
}
