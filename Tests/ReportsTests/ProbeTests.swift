import CanonicalJSON
import Reports
import Testing
import Verification

@Suite("Reports: probes of the numeric mode")
struct ProbeTests {
  private static let narrow = ProbeRecord(
    family: .matmul, operatorName: "MatMul", type: "f32", field: .inputPrecision,
    declared: "24 bits", probed: "inputs rounded to bf16", agreement: .contradicts)
  private static let kept = ProbeRecord(
    family: .elementwise, operatorName: "Add", type: "f32", field: .computePrecision,
    declared: "24 bits", probed: "values kept", agreement: .agrees)
  private static let product = SampleRun.record(
    "onnx/MatMul-13/f32/random#000", .fail(.valueBound))

  private func summary(
    _ records: [CaseRecord], _ probes: [ProbeRecord], policy: String = "ci"
  ) throws -> RunSummary {
    var description = SampleRun.description()
    description.policy = policy
    return try RunSummary(description, records: records, mandatory: [], probes: probes)
  }

  @Test("A contradiction is a line of the console report, agreement is none")
  func line() throws {
    let text = ConsoleReport(try summary([Self.product], [Self.kept, Self.narrow])).text
    let line = "probes: matmul f32 inputs rounded to bf16 (declared: 24 bits)  V706"
    #expect(text.split(separator: "\n").filter { $0.hasPrefix("probes:") } == [line[...]])
    let silent = ConsoleReport(try summary([Self.product], [Self.kept])).text
    #expect(!silent.contains("probes:"))
  }

  @Test("Many findings are counted behind the first ones")
  func manyLines() throws {
    let many = (0..<12).map { number in
      var record = Self.narrow
      record.declared = "\(number) bits"
      return record
    }
    let text = ConsoleReport(try summary([Self.product], many)).text
    #expect(text.split(separator: "\n").filter { $0.hasPrefix("probes:") }.count == 9)
    #expect(text.contains("probes: … 4 more findings  V706"))
  }

  @Test("The card of a failure names the finding that explains it")
  func cause() throws {
    let text = ConsoleReport(try summary([Self.product], [Self.narrow])).text
    #expect(text.contains("f32 matmul: inputs rounded to bf16: see probes"))
  }

  @Test(
    "A failure of another operator, type or kind is not explained by it",
    arguments: [
      SampleRun.record("onnx/Add-14/f32/random#000", .fail(.valueBound)),
      SampleRun.record("onnx/MatMul-13/f64/random#000", .fail(.valueBound)),
      SampleRun.record("onnx/MatMul-13/f32/random#000", .fail(.shape)),
      SampleRun.record("onnx/MatMul-13/f32/random#000", .crash(.signal(11))),
    ])
  func unrelated(record: CaseRecord) throws {
    let text = ConsoleReport(try summary([record], [Self.narrow])).text
    #expect(!text.contains("see probes"))
  }

  @Test("A contradiction fails a certification, but not a run under the ci policy")
  func conclusion() throws {
    let pass = SampleRun.record("onnx/Add-14/f32/random#000", .pass)
    #expect(try summary([pass], [Self.narrow]).conclusion == .conforms)
    #expect(try summary([pass], [Self.narrow], policy: "certify").conclusion == .failed)
    #expect(try summary([pass], [Self.kept], policy: "certify").conclusion == .conforms)
  }

  @Test("results.json keeps the probes; without any it has the form it always had")
  func json() throws {
    let probed = try summary([Self.product], [Self.kept, Self.narrow])
    #expect(try JSONSummary.summary(from: JSONSummary.bytes(probed)) == probed)
    let plain = JSONSummary.json(try summary([Self.product], []))
    #expect(plain["probes"] == nil)
  }

  @Test("A probe record with an unknown member is refused")
  func unknownMember() throws {
    let json = ProbeRecord.json([Self.kept])
    #expect(try ProbeRecord.records(JSONField(json)) == [Self.kept])
    let other: JSON = ["schema": .string(ProbeRecord.schema), "records": [["family": "conv"]]]
    #expect(throws: JSONFieldError.self) { try ProbeRecord.records(JSONField(other)) }
    let newer: JSON = ["schema": "assay.probes.v2", "records": []]
    #expect(throws: JSONFieldError.self) { try ProbeRecord.records(JSONField(newer)) }
  }

  @Test("The page and the job summary show declared beside probed")
  func pages() throws {
    let summary = try summary([Self.product], [Self.kept, Self.narrow])
    let page = try #require(HTMLReport.page(summary))
    #expect(page.contains("<h2 id=\"probes-title\">Probes of the numeric mode</h2>"))
    #expect(page.contains("inputs rounded to bf16"))
    #expect(page.contains("values kept"))
    let text = MarkdownReport.text(summary)
    #expect(text.contains("| 24 bits | inputs rounded to bf16 | contradicts |"))
    #expect(!text.contains("values kept"))
  }

  @Test("The table of assay probe has a line for each record and counts them")
  func table() {
    let text = ProbeTable.text([Self.kept, Self.narrow], title: "Acme", declared: "strict-fp32")
    #expect(
      text == """
        Acme · strict-fp32 (declared)

        family       type  operator  field             declared  probed                  agrees?
        elementwise  f32   Add       computePrecision  24 bits   values kept             agrees
        matmul       f32   MatMul    inputPrecision    24 bits   inputs rounded to bf16  contradicts

        1 agrees, 0 stricter, 1 contradicts, 0 not measured

        """)
  }
}
