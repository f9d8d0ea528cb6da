import Testing
import Verification

@testable import Reports

@Suite("Other rules beside the verdict")
struct OtherRulesTests {
  /// The sample failure, with what other suites make of it.
  static let record: CaseRecord = {
    var record = SampleRun.tail
    record.schemes = [
      "onnx": .accepts, "cann.mixed": .accepts, "cann.relative": .rejects, "tosa": .notApplicable,
      "cosine": .accepts, "cosine.cann": .accepts,
    ]
    var metrics = OutputMetrics(output: "y", elements: 512)
    metrics.informative = ["cosine": 0.999_985, "nmse": 3e-5]
    record.metrics = [metrics]
    return record
  }()

  func html(of records: [CaseRecord]) throws -> String {
    try #require(HTMLReport.page(SampleRun.summary(records)))
  }

  static let line =
    "other rules: ONNX accepts · CANN mixed accepts · MERE/MARE rejects · cosine 0.99998"

  @Test("One line on a card: what applies, in order, the cosine as its value")
  func compactLine() throws {
    #expect(OtherRules.line(Self.record) == Self.line)
    let summary = try SampleRun.summary([Self.record])
    #expect(ConsoleReport(summary).text.contains("\n      \(Self.line)\n"))
    #expect(try html(of: [Self.record]).contains("<p class=\"note\">\(Self.line)</p>"))
  }

  @Test("Without a scheme there is no line")
  func noLine() throws {
    #expect(OtherRules.line(SampleRun.tail) == nil)
    var record = Self.record
    record.metrics = []
    record.schemes = ["tosa": .notApplicable]
    #expect(OtherRules.line(record) == nil)
    #expect(!ConsoleReport(try SampleRun.summary()).text.contains("other rules"))
  }

  @Test("Without a value the cosine schemes are verdicts like others")
  func cosineWithoutValue() {
    var record = Self.record
    record.metrics = []
    #expect(OtherRules.line(record)?.hasSuffix("· cosine accepts · cosine 0.99 accepts") == true)
  }

  @Test("Schemes and metrics survive results.json")
  func json() throws {
    let summary = try SampleRun.summary([Self.record])
    let bytes = JSONSummary.bytes(summary)
    #expect(try JSONSummary.summary(from: bytes) == summary)
    #expect(String(decoding: bytes, as: UTF8.self).contains("\"cann.relative\":\"rejects\""))
  }

  @Test("The distribution section has tables of schemes, and of metrics where passes have them")
  func html() throws {
    #expect(!(try html(of: SampleRun.records)).contains("Other rules for the same outputs"))
    let failing = try html(of: [Self.record])
    #expect(failing.contains("Other rules for the same outputs"))
    #expect(!failing.contains("Informative metrics"))
    var passing = Self.record
    passing.verdict = .pass
    passing.caseID += "1"
    let both = try html(of: [Self.record, passing])
    #expect(both.contains("Informative metrics"))
    #expect(both.contains("<th scope=\"row\">nmse</th><td>1</td><td>3e-05</td>"))
  }

  @Test("The table of a single case: distribution, metrics, schemes with their sources")
  func table() {
    var metrics = Self.record.metrics
    (metrics[0].zCount, metrics[0].zSum, metrics[0].zSquareSum) = (4, 2, 16)
    let table = MetricsTable(metrics, schemes: Self.record.schemes)
    #expect(table.lines.first == "informative, never part of the verdict:")
    func has(_ name: String, _ value: String) -> Bool {
      table.lines.contains { line in
        let words = line.split(separator: " ").map { String($0) }
        return words.starts(with: name.split(separator: " ").map { String($0) } + [value])
      }
    }
    #expect(has("z.rms", "2"))
    #expect(has("cosine", "0.99998"))
    #expect(has("MERE/MARE", "rejects"))
    #expect(has("TOSA", "not"))
    #expect(MetricsTable([OutputMetrics(output: "y", elements: 1)], schemes: [:]).lines.isEmpty)
  }
}
