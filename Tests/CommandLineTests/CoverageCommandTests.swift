import Testing

/// `assay coverage`: what the cases reach, and what a change loses.
@Suite("Command line: coverage")
struct CoverageCommandTests {
  private static let yaml = """
    operator: Not
    versions: [1]
    accuracy: {class: exact}
    constraints:
      C1: each element is inverted
    groups:
      - name: values
        intent: a value that stays
        covers: [C1]
        tier: TIER
        inputs: [{values: [false, true]}]
    """

  private static func suite(tier: String) throws -> TinySuite {
    try TinySuite(
      family: "logical", name: "Not", yaml: yaml.replacing("TIER", with: tier))
  }

  @Test("The table counts each denominator; --missing names what is not reached")
  func table() throws {
    let suite = try Self.suite(tier: "ci")
    let outcome = try Assay.run(["coverage", "--missing", "newest-operators"] + suite.arguments)
    #expect(outcome.ending == .exit(0))
    #expect(
      outcome.output.hasPrefix(
        "versions-in-force          1/552  operator versions of ai.onnx in force in operator sets"))
    #expect(outcome.output.contains("\nslots                     1/2986  "))
    #expect(outcome.output.contains("\n  Abs-13\n"))
    #expect(!outcome.output.contains("\n  Not-1\n"))
  }

  @Test("What was recorded and is no longer covered fails by name; a smaller tier covers less")
  func lost() throws {
    let suite = try Self.suite(tier: "full")
    let missing = try Assay.run(["coverage", "--check"] + suite.arguments)
    #expect(missing.ending == .exit(2))
    #expect(missing.errors.contains("run assay coverage --record"))
    let recorded = try Assay.run(["coverage", "--record"] + suite.arguments)
    #expect(recorded.ending == .exit(7))
    let again = try Assay.run(["coverage", "--record"] + suite.arguments)
    #expect(again.ending == .exit(0))
    let same = try Assay.run(["coverage", "--check"] + suite.arguments)
    #expect(same.ending == .exit(0))
    let smaller = try Assay.run(["coverage", "--check", "--tier", "ci"] + suite.arguments)
    #expect(smaller.ending == .exit(1))
    #expect(smaller.output.contains("LOST  versions-in-force: Not-1\n"))
    #expect(smaller.output.contains("LOST  slots: Not-1 T=bool\n"))
  }

  @Test("An unknown kind or tier is a usage error that names the known ones")
  func usage() throws {
    let kind = try Assay.run(["coverage", "--missing", "everything"])
    #expect(kind.ending == .exit(2))
    #expect(kind.errors.contains("give all or one of versions-in-force"))
    let tier = try Assay.run(["coverage", "--tier", "tiny"])
    #expect(tier.ending == .exit(2))
    #expect(tier.errors.contains("choose smoke, ci, full or heavy"))
  }
}
