import CanonicalJSON
import Testing

@testable import Proof

@Suite("Document and log of a proof")
struct ProofDocumentTests {
  private static func sample() throws -> GateSample {
    var sample = try GateSample()
    sample.change(0..<9) {
      $0.killed = ["value.exact": ["bent"]]
      $0.witnesses = ["right": CaseProof.Passage()]
    }
    sample.change(9..<10) {
      var passage = CaseProof.Passage()
      passage.ratio = 0.25
      $0.survived = ["bent": passage]
      passage.ratio = 0.5
      $0.witnesses = ["right": passage]
    }
    return sample
  }

  private static func summary(_ sample: GateSample) -> ProofSummary {
    sample.summary(
      [VariantEntry(name: "bent", kind: .fault(.precision), number: 33)],
      witnesses: [VariantEntry(name: "right", kind: .witness)])
  }

  private static func document(_ sample: GateSample) -> String {
    ProofMarkdown(summary(sample), tier: "ci", families: ["Add": "math"]).text
  }

  @Test("The document says what was noticed, what survived and why, and how close witnesses came")
  func document() throws {
    let text = Self.document(try Self.sample())
    for line in [
      "| Add | math | 10 | – | 9/10 | – | 90.0 % | 10 | 0 |",
      "| 33 | bent | precision | 9/10 | 0 | 0 | `o` |", "| right | strict-fp32 | 10 0.5 |",
      "| bent | precision | at most 0.25 of the bound, allowed | Add 1/10 |",
      "| findings | 0 |", "rate below 0.3 with 95 % confidence",
    ] { #expect(text.contains(line), "\(line) is missing in\n\(text)") }
    #expect(!text.contains("| bent | precision | at most 0.25 of the bound, 1 findings"))
  }

  @Test("The same proofs give the same bytes, and others do not")
  func stability() throws {
    let sample = try Self.sample()
    #expect(Self.document(sample) == Self.document(try Self.sample()))
    var other = sample
    other.change(9..<10) { $0.survived = [:] }
    #expect(Self.document(sample) != Self.document(other))
    #expect(Self.document(other).contains("## Survivors\n\nNone."))
  }

  @Test("The witness log has a line for each witness and case, alarms in place of ratios")
  func witnessLog() throws {
    var sample = try Self.sample()
    sample.change(0..<1) {
      $0.witnesses = [:]
      $0.falseAlarms = ["right": "fail value.bound: off"]
    }
    let lines = WitnessLog.bytes(Self.summary(sample)).split(separator: 0x0A)
    let objects = try lines.map { try JSON(parsing: Array($0)) }
    #expect(objects.count == 10)
    #expect(objects.count { $0["alarm"] != nil } == 1)
    #expect(objects.count { $0["ratio"] != nil } == 9)
    #expect(
      String(decoding: lines.last ?? [], as: UTF8.self)
        == #"{"case":"\#(sample.entries[9].id)","mode":"strict-fp32","ratio":"0x1p-1","#
        + #""schema":"assay.witness-log.v1","witness":"right"}"#)
  }
}
