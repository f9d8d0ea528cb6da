import Testing

@testable import Reports

@Suite("Markdown summary")
struct MarkdownReportTests {
  @Test("A small run in full")
  func wholeOutput() throws {
    let summary = try SampleRun.summary(
      [SampleRun.division, SampleRun.records[6]], mandatory: [SampleRun.division.caseID])
    let expected = """
      # Assay 2026.1: FAIL

      **1 passed, 1 failed, 0 skipped** · profile core · 0 of 1 mandatory cases passed

      ## Failures

      | case | status | code | worst element | what happened |
      |---|---|---|---|---|
      | onnx/Div-14/i32/int-min-by-minus-one\\#000 | ☠ CRASH | crash.signal |  | SIGFPE in execute; worker replaced; alone: crashes again |

      ## Run

      | | |
      |---|---|
      | backend | Acme NPU SDK 3.2 |
      | device | acme0 |
      | numeric mode | strict-fp32 |
      | determinism | D1 |
      | tier | ci |
      | policy | ci |
      | started | 2026-11-23T17:00:00Z |
      | command | assay run --backend ./libvendor.so |

      """
    #expect(MarkdownReport.text(summary) == expected)
  }

  @Test("A large run is cut at a row boundary and says how many rows are missing")
  func truncation() throws {
    let summary = try LargeRun.summary(cases: 20_000, failureInterval: 2)
    let text = MarkdownReport.text(summary)
    #expect(text.utf8.count <= MarkdownReport.sizeLimit)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| onnx/") }
    #expect(rows.allSatisfy { $0.hasSuffix(" |") })
    #expect(rows.count < summary.counts.failed)
    #expect(text.contains("\n\(summary.counts.failed - rows.count) more\n"))
    #expect(text.contains("## Run"))
  }

  @Test("A run that fits is not cut")
  func uncut() throws {
    #expect(!MarkdownReport.text(try SampleRun.summary()).contains(" more\n"))
  }

  @Test("Foreign text is no markup")
  func escaping() {
    #expect(
      MarkdownReport.cell("<b>|`*_[x](y)\n# h & \u{1B}[1m")
        == "&lt;b&gt;\\|\\`\\*\\_\\[x\\](y) \\# h &amp;")
  }
}
