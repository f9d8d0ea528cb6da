import Testing
import Verification

@testable import Reports

@Suite("Summary and counters")
struct RunSummaryTests {
  @Test("Every record falls into exactly one of the three counters")
  func threeCounters() throws {
    let counts = try SampleRun.summary().counts
    #expect(counts.passed == 2)
    #expect(counts.failed == 7)
    #expect(counts.skipped == 3)
    #expect(counts.total == SampleRun.records.count)
    #expect(counts.failures == 4)
    #expect(counts.errors == 3)
    #expect(counts.closingLine == "2 passed, 7 failed, 3 skipped")
  }

  @Test("A mandatory case that the backend declines has failed; an optional one is skipped")
  func mandatoryUnsupported() {
    let record = SampleRun.record("onnx/Mod-13/u8/negative#000", .unsupported(.operator))
    let mandatory = Entry(record, isMandatory: true)
    #expect(mandatory.status == .fail)
    #expect(mandatory.code == "unsupportedMandatory")
    let optional = Entry(record, isMandatory: false)
    #expect(optional.status == .unsupported)
    #expect(optional.code == "operator")
  }

  @Test("Codes name the phase, the kind of death and the fault of the harness")
  func codes() {
    func code(_ verdict: Verdict) -> String {
      Entry(SampleRun.record("onnx/Add-14/f32/x#0", verdict), isMandatory: true).code
    }
    #expect(code(.fail(.valueClass)) == "value.class")
    #expect(code(.crash(.signal(11))) == "crash.signal")
    #expect(code(.crash(.protocolViolation)) == "crash.protocol")
    #expect(code(.timeout(.compile)) == "timeout.compile")
    #expect(code(.inconclusive(.golden)) == "harness.golden")
  }

  @Test("Counters cannot be built from records that disagree: an id stands once")
  func duplicate() {
    let records = [SampleRun.tail, SampleRun.tail]
    #expect(throws: ReportError.duplicateCase(SampleRun.tail.caseID)) {
      try SampleRun.summary(records)
    }
  }

  @Test(
    "A start time of another form is refused",
    arguments: [
      "", "2026-11-23T17:00:00", "2026-11-23 17:00:00Z", "2026-13-23T17:00:00Z",
      "2026-11-23T24:00:00Z", "２026-11-23T17:00:00Z", "-026-11-23T17:00:00Z",
    ])
  func timestamp(_ text: String) {
    var description = SampleRun.description()
    description.started = text
    #expect(throws: ReportError.invalidTimestamp(text)) {
      try RunSummary(description, records: [], mandatory: [])
    }
  }

  @Test("The order of the records does not matter")
  func order() throws {
    let summary = try SampleRun.summary(
      SampleRun.records.reversed(), mandatory: SampleRun.mandatory)
    #expect(try summary == SampleRun.summary())
  }

  @Test("Skips are told by reason")
  func skips() throws {
    #expect(try SampleRun.summary().skipReasons == ["2 unsupported (dtype 2)", "1 filtered"])
  }

  @Test("The conclusion is the first that applies")
  func conclusions() throws {
    func conclusion(_ verdicts: [Verdict], interrupted: Bool = false) throws -> Conclusion {
      var description = SampleRun.description()
      description.wasInterrupted = interrupted
      let records = verdicts.enumerated().map {
        SampleRun.record("onnx/Add-14/f32/x#\($0)", $1)
      }
      return try RunSummary(description, records: records, mandatory: []).conclusion
    }
    #expect(try conclusion([.pass]) == .conforms)
    #expect(try conclusion([.pass, .unsupported(.dtype)]) == .conforms)
    #expect(try conclusion([.pass, .fail(.shape)]) == .failed)
    #expect(try conclusion([]) == .nothingExecuted)
    #expect(try conclusion([.pass], interrupted: true) == .incomplete)
    #expect(
      try conclusion([.fail(.shape), .inconclusive(.io)], interrupted: true) == .inconclusive)
    #expect(Conclusion.allCases.filter { $0.exitCode == .success } == [.conforms])
  }

  @Test("A run of filtered cases has executed nothing")
  func onlyFiltered() throws {
    var record = SampleRun.record("onnx/Add-14/f32/x#0", .pass)
    record.disposition = .filtered
    #expect(try SampleRun.summary([record]).conclusion == .nothingExecuted)
  }

  @Test("Failures come worst first")
  func worstFirst() throws {
    #expect(
      try SampleRun.summary().failures.map(\.status)
        == [.missing, .inconclusive, .crash, .timeout, .flaky, .fail, .fail])
  }

  @Test("The reproduce command survives a quote in the id")
  func quoting() throws {
    let summary = try SampleRun.summary([SampleRun.record("onnx/A-1/f32/it's#0", .pass)])
    #expect(
      summary.reproduceCommand(for: summary.entries[0])
        == "assay reproduce 'onnx/A-1/f32/it'\\''s#0' --backend ./libvendor.so")
  }
}
