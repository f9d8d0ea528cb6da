import Glibc
import Testing

@testable import Reports

@Suite("JUnit read back")
struct JUnitCheckTests {
  /// Writes a tampered document through the same pipeline and returns what it throws.
  private func error(replacing part: String, with other: String) throws -> ReportError? {
    let summary = try SampleRun.summary()
    let text = String(decoding: try JUnitReport.document(summary), as: UTF8.self)
    let tampered = text.split(separator: part, maxSplits: 1, omittingEmptySubsequences: false)
      .joined(separator: other)
    #expect(tampered != text)
    let directory = try ScratchDirectory()
    defer { #expect(directory.names == []) }
    return #expect(throws: ReportError.self) {
      try AtomicFile.write(Array(tampered.utf8), to: directory.path("junit.xml")) {
        (descriptor) throws(ReportError) in
        try JUnitCheck.check(descriptor: descriptor, against: summary.counts)
      }
    }
  }

  @Test("The untouched document passes")
  func good() throws {
    let directory = try ScratchDirectory()
    try JUnitReport.write(try SampleRun.summary(), to: directory.path("junit.xml"))
    #expect(directory.names == ["junit.xml"])
  }

  @Test("A counter that is not what the suite holds is found")
  func wrongCounter() throws {
    let error = try self.error(replacing: "errors=\"1\"", with: "errors=\"0\"")
    guard case .recount = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("A case that vanished together with its count is found")
  func missingCase() throws {
    let summary = try SampleRun.summary()
    let fewer = try SampleRun.summary(Array(SampleRun.records.dropLast()))
    let directory = try ScratchDirectory()
    #expect(throws: ReportError.self) {
      try AtomicFile.write(try JUnitReport.document(fewer), to: directory.path("j.xml")) {
        (descriptor) throws(ReportError) in
        try JUnitCheck.check(descriptor: descriptor, against: summary.counts)
      }
    }
    #expect(directory.names == [])
  }

  @Test("Two cases of one name are found")
  func doubleName() throws {
    let error = try self.error(
      replacing: "name=\"Add-14_rounding_001\" classname=\"assay.op.Add.f64\"",
      with: "name=\"Add-14_rounding_002\" classname=\"assay.op.Add.f16\"")
    guard case .recount = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(
    "What the schema forbids is found",
    arguments: [
      ("<testsuites>", "<testsuites name=\"x\">"), (" time=\"0.002\"", " time=\"2e-3\""),
      ("hostname=\"localhost\"", "hostname=\"build-7\""), ("<system-out/>", ""),
      ("timestamp=\"2026-11-23T17:00:00\"", "timestamp=\"2026-11-23T17:00:00Z\""),
      ("<system-out/>", "<system-out>x</system-out>"),
      (" classname=\"", " file=\"x\" classname=\""),
    ])
  func schema(_ part: String, _ other: String) throws {
    let error = try self.error(replacing: part, with: other)
    guard case .schema(let line, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(line > 0)
  }

  @Test(
    "What is not well-formed is found",
    arguments: [
      ("</testsuites>", ""), ("value.bound", "value.bound\u{1}"), ("<properties>", "<properties"),
      ("passed", "passed"), ("&lt;", "<"),
    ].filter { $0.0 != $0.1 })
  func wellFormed(_ part: String, _ other: String) throws {
    let error = try self.error(replacing: part, with: other)
    guard case .notWellFormed = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
