import Testing

@Suite("assay prove as a gate")
struct ProveGateTests {
  private static func product(terms: Int) -> String {
    """
    operator: MatMul
    versions: [13]
    accuracy: {class: accumulated}
    constraints: {C1: the product}
    groups:
      - name: few-terms
        intent: sums whose terms are lost
        covers: [C1]
        for: {T: [f32]}
        inputs:
          A: {shape: [61, \(terms)], fill: normal}
          B: {shape: [\(terms), 59], fill: normal}

    """
  }

  @Test("Products of one term fail and name the mutant that they let through; long sums pass")
  func oneTerm() throws {
    let weak = try TinySuite(family: "math", name: "MatMul", yaml: Self.product(terms: 1))
    let outcome = try weak.prove()
    #expect(outcome.ending == .exit(1), "\(outcome.output)\(outcome.errors)")
    #expect(
      outcome.output.contains("SURVIVED  MatMul   special matmul-truncated-sums (mutant 36)"))
    #expect(outcome.lastLine == "0 passed, 1 failed, 0 skipped")
    let strong = try TinySuite(family: "math", name: "MatMul", yaml: Self.product(terms: 67))
    let other = try strong.prove()
    #expect(other.ending == .exit(0), "\(other.output)\(other.errors)")
    #expect(other.lastLine == "1 passed, 0 failed, 0 skipped")
  }

  @Test("Other parts are added to what is known, and change nothing of it")
  func parts() throws {
    let suite = try TinySuite(family: "math", name: "Add", yaml: ProveTests.addition)
    let first = try suite.prove()
    let schemes = try suite.prove(["--schemes"])
    #expect(schemes.errors.contains("3 cases proven, 0 known"))
    #expect(schemes.output.hasSuffix(first.output), "\(schemes.output)")
    // What was asked once is known, also by those who ask for less.
    #expect(try suite.prove(["--schemes"]).errors.contains("0 cases proven, 3 known"))
    #expect(try suite.prove().errors.contains("0 cases proven, 3 known"))
    let whole = try TinySuite(family: "math", name: "Add", yaml: ProveTests.addition)
    #expect(try whole.prove(["--schemes"]).output == schemes.output)
    #expect(
      try whole.scratch.contents("proof/proof.jsonl")
        == suite.scratch.contents("proof/proof.jsonl"))
  }

  @Test("Fresh inputs are added to the stored ones and lower the bound on false alarms")
  func seeds() throws {
    let suite = try TinySuite(family: "math", name: "Add", yaml: ProveTests.addition)
    #expect(try suite.prove().ending == .exit(0))
    let outcome = try suite.prove(["--seeds", "2", "--witness-log", suite.scratch.path("log")])
    #expect(outcome.errors.contains("0 cases proven, 3 known"), "\(outcome.errors)")
    #expect(outcome.errors.contains("3 cases proven with inputs of"), "\(outcome.errors)")
    #expect(outcome.output.contains("0 false alarms, rate below"), "\(outcome.output)")
    let log = try suite.scratch.text("log")
    #expect(log.contains("fresh-2") && log.contains("\"ratio\":"), "\(log.prefix(400))")
    let again = try suite.prove(["--seeds", "2"])
    #expect(!again.errors.contains("3 cases proven"), "\(again.errors)")
  }

  @Test("The document is the same however it came about, and only written on request")
  func document() throws {
    let suite = try TinySuite(family: "math", name: "Add", yaml: ProveTests.addition)
    let paths = ["one.md", "two.md"].map { suite.scratch.path($0) }
    _ = try suite.prove(["--document", paths[0]])
    #expect(throws: (any Error).self) { try suite.scratch.text("one.md") }
    for path in paths { _ = try suite.prove(["--write-docs", "--document", path]) }
    let text = try suite.scratch.text("one.md")
    #expect(text == (try suite.scratch.text("two.md")))
    #expect(text.contains("| Add | math | 3 |"), "\(text)")
  }

  @Test("A recorded figure is explained with the case, and none where nothing is recorded")
  func figures() throws {
    let suite = try TinySuite(family: "math", name: "Add", yaml: ProveTests.addition)
    let words = ["explain", "onnx/Add-14/f32/first#000"] + suite.arguments
    #expect(try !Assay.run(words).output.contains("killed effect"))
    #expect(try suite.prove(["--record"]).ending == .exit(7))
    let record = try suite.scratch.contents("goldens/proof.json")
    let outcome = try Assay.run(words)
    #expect(outcome.output.contains("bound / smallest killed effect"), "\(outcome.output)")
    #expect(try suite.prove(["--record"]).ending == .exit(0))
    #expect(try suite.scratch.contents("goldens/proof.json") == record)
  }
}
