import Testing

@Suite("assay explain")
struct ExplainTests {
  @Test(
    "Every code that a report can print is explained",
    arguments: [
      "pass", "value.bound", "fail value.bound", "outOfBounds", "nondeterministic", "V706",
      "crash signal", "crash exit", "crash memory", "crash protocol", "load", "timeout compile",
      "timeout shutdown", "unsupported operator", "unsupported other", "numericMode",
      "inconclusive golden", "inconclusive mistrusted", "NOT PROVABLE", "SURVIVED", "FALSE ALARM",
      "REFUSED", "DATA", "DRIFT", "zeros", "ones", "constant", "uniform", "copy", "previous",
      "saturated", "small", "repeated", "undefined", "zero-sign", "nan-payload", "alternatives",
      "tie-group", "sample",
    ])
  func codes(_ code: String) throws {
    for words in [[code], code.split(separator: " ").map { String($0) }] {
      let outcome = try Assay.run(["explain"] + words)
      #expect(outcome.ending == .exit(0), "\(outcome.errors)")
      #expect(outcome.output.count > code.count + 10)
    }
  }

  @Test("What no report prints is not explained", arguments: ["V707", "value", "crash", "zero"])
  func foreign(_ word: String) throws {
    let outcome = try Assay.run(["explain", word])
    #expect(outcome.ending == .exit(4))
    #expect(outcome.errors.contains("neither a case of this suite nor a code"))
  }
}
