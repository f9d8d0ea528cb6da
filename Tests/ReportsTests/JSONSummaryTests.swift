import CanonicalJSON
import Testing
import Verification

@testable import Reports

@Suite("JSON summary")
struct JSONSummaryTests {
  @Test("Reading what was written gives the same summary and the same bytes")
  func roundTrip() throws {
    let sample = try SampleRun.summary()
    let second = SecondJudgement(
      title: "ONNX tolerance", accepts: [SampleRun.tail.caseID: true, "absent": false])
    let summary = try RunSummary(
      sample.description, records: SampleRun.records, mandatory: SampleRun.mandatory,
      secondJudgement: second)
    let bytes = JSONSummary.bytes(summary)
    let read = try JSONSummary.summary(from: bytes)
    #expect(read == summary)
    #expect(JSONSummary.bytes(read) == bytes)
  }

  @Test("Infinite ratios and hostile strings survive")
  func hostileRoundTrip() throws {
    var record = SampleRun.tail
    record.worst?.ratio = .infinity
    record.message = "\u{0}\u{1B}\u{FFFE}\"\\ ]]>"
    let summary = try SampleRun.summary([record], device: "<script>alert(1)</script>\u{2028}")
    #expect(try JSONSummary.summary(from: JSONSummary.bytes(summary)) == summary)
  }

  @Test("The document names schema, version, conclusion and counters")
  func members() throws {
    let json = JSONSummary.json(try SampleRun.summary())
    #expect(json["schema"] == "assay.results")
    #expect(json["version"] == 1)
    #expect(json["conclusion"] == "inconclusive")
    #expect(json["counts"]?["failed"] == 7)
    #expect(json["counts"]?["crash"] == 1)
  }

  @Test(
    "A document that contradicts itself, or is of another kind, is refused",
    arguments: [
      ("\"version\":1", "\"version\":2"), ("\"failed\":7", "\"failed\":6"),
      ("assay.results", "assay.other"),
      ("\"conclusion\":\"inconclusive\"", "\"conclusion\":\"conforms\""),
      ("\"status\":\"crash\"", "\"status\":\"pass\""),
      (
        "\"code\":\"unsupportedMandatory\",\"mandatory\":true",
        "\"code\":\"unsupportedMandatory\",\"mandatory\":false"
      ),
      ("\"tier\":\"ci\"", "\"tier\":\"ci\",\"extra\":1"), ("{", ""),
    ])
  func refusals(_ part: String, _ other: String) throws {
    let text = String(decoding: JSONSummary.bytes(try SampleRun.summary()), as: UTF8.self)
    let tampered = text.split(separator: part, maxSplits: 1, omittingEmptySubsequences: false)
      .joined(separator: other)
    #expect(tampered != text)
    #expect(throws: ReportError.self) {
      try JSONSummary.summary(from: Array(tampered.utf8))
    }
  }
}
