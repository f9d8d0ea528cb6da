import Testing

@testable import Reports

@Suite("Console report")
struct ConsoleReportTests {
  @Test("A small run in full")
  func wholeOutput() throws {
    let records = [SampleRun.tail, SampleRun.division, SampleRun.records[2], SampleRun.records[3]]
    let summary = try SampleRun.summary(records, mandatory: SampleRun.mandatory)
    let report = ConsoleReport(
      summary, reportPaths: ["assay-report/report.html", "junit.xml", "events.jsonl"])
    let expected = """
      Assay 0.1 · suite 2026.1 · tier ci · profile core · vendor "Acme NPU SDK 3.2" on acme0 · strict-fp32 (declared)

      CRASH onnx/Div-14/i32/int-min-by-minus-one#000          SIGFPE in execute; worker replaced; alone: crashes again
            intent: the quotient that does not fit
            stderr: loading
            stderr: fatal: integer division
            assay reproduce 'onnx/Div-14/i32/int-min-by-minus-one#000' --backend ./libvendor.so

      FAIL  onnx/Sigmoid-13/f32/negative-tail#004             value.bound
            y[17] = 0x1.1cp-26 (1.65e-08)   golden 0x1.ae6p-26 (2.51e-08)   bound ±2.1e-15   4.1e+06 × bound
            intent: the tail below -15 cut off or clamped          120 of 512 elements beyond the bound, all with x < -15.2
            looks like: table or polynomial clamped near -18
            bound: ½ ulp + 5 ulp, class elementwise (numerics §6.3)
            assay reproduce 'onnx/Sigmoid-13/f32/negative-tail#004' --backend ./libvendor.so

      core: 1 of 3 mandatory cases · 2 operators affected
      report: assay-report/report.html   junit.xml   events.jsonl
      skipped: 1 filtered
      1 passed, 2 failed, 1 skipped

      """
    #expect(report.text == expected)
  }

  @Test("A green run is four lines")
  func green() throws {
    let summary = try SampleRun.summary([SampleRun.records[2]], mandatory: SampleRun.mandatory)
    #expect(
      ConsoleReport(summary).body
        == "core: 1 of 1 mandatory cases · 0 operators affected\n1 passed, 0 failed, 0 skipped\n")
  }

  @Test("Quiet leaves the failures and the closing line")
  func quiet() throws {
    let text = ConsoleReport(try SampleRun.summary(), isQuiet: true).text
    #expect(text.hasPrefix("MISSING model/tiny-block"))
    #expect(!text.contains("mandatory cases"))
    #expect(text.hasSuffix("\n\n2 passed, 7 failed, 3 skipped\n"))
  }

  @Test("Many failures: twenty cards, three of a kind, then a table by operator")
  func limits() throws {
    let summary = try LargeRun.summary(cases: 3000, failureInterval: 4)
    let text = ConsoleReport(summary).text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.filter { $0.contains("assay reproduce") }.count == 20)
    #expect(text.contains("20 of \(summary.counts.failed) failures shown; all, by operator:"))
    #expect(lines.contains { $0.hasPrefix("operator") && $0.hasSuffix("of") })
    #expect(lines.contains { $0.contains("… and ") })
    #expect(lines.count < 220)
    #expect(lines.suffix(2) == ["\(summary.counts.closingLine)", ""])
  }

  @Test("What the cards leave out is in the table: no failure is unaccounted for")
  func tableSums() throws {
    let summary = try LargeRun.summary(cases: 400, failureInterval: 4)
    let text = ConsoleReport(summary).text
    let rows = text.split(separator: "\n").drop { !$0.hasPrefix("operator") }.dropFirst()
      .prefix { !$0.hasPrefix("…") && !$0.hasPrefix("core:") }
    let listed = rows.map { row in
      row.split(separator: " ").dropFirst().dropLast().compactMap { Int($0) }.reduce(0, +)
    }
    let hidden = text.contains(" more operators")
    #expect(hidden || listed.reduce(0, +) == summary.counts.failed)
    #expect(!listed.isEmpty)
  }

  @Test("A hostile device name cannot act on the terminal")
  func hostile() throws {
    let summary = try SampleRun.summary([SampleRun.tail], device: "\u{1B}[2J\u{7}\r\nPASS")
    let text = ConsoleReport(summary).text
    #expect(text.contains("on \\x07 PASS · "))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test("Colour appears only when asked for, and never carries meaning")
  func colour() throws {
    let summary = try SampleRun.summary()
    let coloured = ConsoleReport(summary, style: ConsoleStyle(usesColour: true)).text
    #expect(coloured.contains("\u{1B}["))
    #expect(ForeignText.cleaned(coloured) == ConsoleReport(summary).text)
  }

  @Test("NO_COLOR and pipes disable colour unless it is demanded")
  func colourChoice() {
    func uses(_ choice: ConsoleStyle.Choice, _ noColor: String?, _ isTerminal: Bool) -> Bool {
      ConsoleStyle(choice: choice, noColor: noColor, isTerminal: isTerminal).usesColour
    }
    #expect(uses(.auto, nil, true))
    #expect(uses(.auto, "", true))
    #expect(!uses(.auto, "1", true))
    #expect(!uses(.auto, nil, false))
    #expect(uses(.always, "1", false))
    #expect(!uses(.never, nil, true))
  }
}
