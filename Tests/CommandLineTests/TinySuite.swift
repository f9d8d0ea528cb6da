import Glibc
import Testing

/// A suite of its own with one case file.
final class TinySuite {
  let scratch: ScratchDirectory
  private let family: String

  init(family: String, name: String, yaml: String) throws {
    scratch = try ScratchDirectory()
    self.family = family
    for folder in ["cases", "cases/operators", "cases/operators/\(family)"] {
      mkdir(scratch.path(folder), 0o755)
    }
    for name in ["standard", "mutants"] {
      symlink("\(Assay.root)/conformance-cases/\(name)", scratch.path("cases/\(name)"))
    }
    try write(name: name, yaml: yaml)
  }

  /// Writes a case file and makes the goldens.
  func write(name: String, yaml: String) throws {
    let file = try #require(fopen(scratch.path("cases/operators/\(family)/\(name).yaml"), "w"))
    fputs(yaml, file)
    fclose(file)
    let outcome = try Assay.execute(
      [Assay.products + "/assay-dev", "regenerate"] + arguments)
    try #require(outcome.ending == .exit(7), "\(outcome.output)\(outcome.errors)")
  }

  var arguments: [String] {
    ["--cases", scratch.path("cases"), "--goldens", scratch.path("goldens")]
  }

  func prove(_ more: [String] = []) throws -> Assay.Outcome {
    try Assay.run(["prove", "--into", scratch.path("proof")] + arguments + more)
  }
}
