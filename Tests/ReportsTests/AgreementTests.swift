import CanonicalJSON
import Testing

@testable import Reports

@Suite("Reports agree")
struct AgreementTests {
  @Test("All reports of a run state the same counters", arguments: [1, 2, 3] as [UInt64])
  func counters(seed: UInt64) throws {
    let summary = try LargeRun.summary(cases: 700, seed: seed, failureInterval: 7)
    let counts = summary.counts
    #expect(counts.passed + counts.failed + counts.skipped == 700)
    #expect(counts.total == counts.passed + counts.failures + counts.errors + counts.skipped)

    let console = ConsoleReport(summary).text.split(separator: "\n").last
    #expect(console.map(String.init) == counts.closingLine)
    #expect(MarkdownReport.text(summary).contains("**\(counts.closingLine)**"))

    let json = try JSON(parsing: JSONSummary.bytes(summary))
    #expect(json["counts"]?["passed"]?.integer == Int64(counts.passed))
    #expect(json["counts"]?["failed"]?.integer == Int64(counts.failed))
    #expect(json["counts"]?["skipped"]?.integer == Int64(counts.skipped))

    let page = try #require(HTMLReport.page(summary))
    #expect(page.contains("<dt>failed</dt><dd>\(NumberText.grouped(counts.failed))</dd>"))
    #expect(page.contains("<dt>passed</dt><dd>\(NumberText.grouped(counts.passed))</dd>"))

    let xml = String(decoding: try JUnitReport.document(summary), as: UTF8.self)
    func sum(_ name: String) -> Int {
      xml.split(separator: "<testsuite ").reduce(0) { total, suite in
        let value = suite.split(separator: " \(name)=\"").dropFirst().first
        return total + (value?.split(separator: "\"").first.flatMap { Int($0) } ?? 0)
      }
    }
    #expect(sum("tests") == counts.total)
    #expect(sum("failures") + sum("errors") == counts.failed)
    #expect(sum("skipped") == counts.skipped)
  }
}
