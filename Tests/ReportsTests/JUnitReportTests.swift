import Glibc
import Testing
import Verification

@testable import Reports

@Suite("JUnit report")
struct JUnitReportTests {
  @Test("A small run in full")
  func wholeOutput() throws {
    let records = [SampleRun.tail, SampleRun.records[6], SampleRun.records[8]]
    let document = try JUnitReport.document(try SampleRun.summary(records))
    let properties = """
         <property name="assay.determinism" value="D1"/>
         <property name="assay.device" value="acme0"/>
         <property name="assay.numericMode" value="strict-fp32"/>
         <property name="assay.policy" value="ci"/>
         <property name="assay.profile" value="core"/>
         <property name="assay.suite" value="2026.1"/>
         <property name="assay.timezone" value="UTC"/>
        </properties>
      """
    func counts(_ status: String) -> String {
      Status.allCases.map(\.rawValue).sorted().map {
        "   <property name=\"assay.count.\($0)\" value=\"\($0 == status ? 1 : 0)\"/>\n"
      }.joined()
    }
    let tail = """
       hostname="localhost">
        <properties>

      """
    let expected = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
       <testsuite name="op.Add" package="assay.core" id="0" tests="1" failures="0" errors="0" skipped="0" time="0.002" timestamp="2026-11-23T17:00:00"\(tail)\(counts("pass"))\(properties)
        <testcase name="Add-14_rounding_002" classname="assay.op.Add.f16" time="0.002"/>
        <system-out/>
        <system-err/>
       </testsuite>
       <testsuite name="op.Gelu" package="assay.core" id="1" tests="1" failures="0" errors="0" skipped="1" time="0.002" timestamp="2026-11-23T17:00:00"\(tail)\(counts("unsupported"))\(properties)
        <testcase name="Gelu-20_tail_000" classname="assay.op.Gelu.bf16" time="0.002">
         <skipped message="UNSUPPORTED: unsupported dtype"/>
        </testcase>
        <system-out/>
        <system-err/>
       </testsuite>
       <testsuite name="op.Sigmoid" package="assay.core" id="2" tests="1" failures="1" errors="0" skipped="0" time="0.002" timestamp="2026-11-23T17:00:00"\(tail)\(counts("fail"))\(properties)
        <testcase name="Sigmoid-13_negative-tail_004" classname="assay.op.Sigmoid.f32" time="0.002">
         <failure type="value.bound" message="120 of 512 elements beyond the bound, all with x &lt; -15.2">FAIL value.bound: 120 of 512 elements beyond the bound, all with x &lt; -15.2
      intent: the tail below -15 cut off or clamped
      y[17] = 0x1.1cp-26 (1.65e-08)   golden 0x1.ae6p-26 (2.51e-08)   bound ±2.1e-15   4.1e+06 × bound
      neighbours (index: observed | golden):
        16: 0x1.2p-26 (1.68e-08) | 0x1.9p-26 (2.33e-08)
        18: 0x1.1cp-26 (1.65e-08) | 0x1.cp-26 (2.61e-08)
      looks like: table or polynomial clamped near -18
      bound: ½ ulp + 5 ulp, class elementwise (numerics §6.3)
      assay reproduce 'onnx/Sigmoid-13/f32/negative-tail#004' --backend ./libvendor.so</failure>
        </testcase>
        <system-out/>
        <system-err/>
       </testsuite>
      </testsuites>

      """
    #expect(String(decoding: document, as: UTF8.self) == expected)
  }

  @Test("Every status and an empty run pass the pipeline")
  func everyStatus() throws {
    let directory = try ScratchDirectory()
    try JUnitReport.write(try SampleRun.summary(), to: directory.path("junit.xml"))
    try JUnitReport.write(try SampleRun.summary([]), to: directory.path("empty.xml"))
    #expect(directory.names == ["empty.xml", "junit.xml"])
  }

  private static let hostile: [String] = [
    "\u{1B}[31mred\u{1B}[0m\u{1B}", "a\u{0}b", "\u{FFFE}\u{FFFF}", "]]>", "<![CDATA[x]]>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;", "&#0;&amp;&", "'\"<>",
    "tab\there\r\nline\rend", "\u{1}\u{8}\u{B}\u{C}\u{1F}\u{7F}\u{85}\u{9F}",
    ForeignText.decoded([0xFF, 0xFE, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80]),
    String(repeating: "é\u{1}", count: 1 << 19), "\u{202E}\u{2028}\u{1F600}\u{10FFFF}", "-->",
  ]

  @Test("Hostile text in every field leaves well-formed, valid XML", arguments: hostile.indices)
  func hostileText(_ index: Int) throws {
    let text = Self.hostile[index]
    var record = SampleRun.record("onnx/A-1/f32/\(text)#0", .fail(.valueBound))
    record.operatorName = text
    record.types = text
    record.domain = text
    record.intent = text
    record.message = text
    record.details = [text]
    record.standardError = text
    record.worst = WorstElement(
      output: text, index: [1], observed: text, golden: text, bound: text, ratio: .nan,
      neighbours: [text])
    var description = SampleRun.description(device: text)
    description.profile = text
    description.reproduceArguments = text
    let summary = try RunSummary(description, records: [record], mandatory: [])
    let directory = try ScratchDirectory()
    try JUnitReport.write(summary, to: directory.path("junit.xml"))
    let bytes = try #require(directory.contents("junit.xml"))
    #expect(bytes.count < 64 << 10)
    let xml = String(decoding: bytes, as: UTF8.self)
    #expect(!xml.contains("<![CDATA[") && !xml.contains("<!DOCTYPE") && !xml.contains("<!--"))
  }

  @Test("The failure text keeps its limit and its last line")
  func textLimit() throws {
    var record = SampleRun.tail
    record.details = (0..<12).map { "\($0) " + String(repeating: "x", count: 390) }
    record.standardError = (0..<12).map { "\($0) " + String(repeating: "y", count: 390) }
      .joined(separator: "\n")
    let summary = try SampleRun.summary([record])
    let text = JUnitReport.text(of: FailureCard(summary.entries[0], of: summary))
    #expect(text.utf8.count <= JUnitReport.textLimit)
    #expect(text.contains(" bytes more\nassay reproduce 'onnx/Sigmoid-13/f32/negative-tail#004'"))
  }

  @Test("Names are unique, plain and say where the case belongs")
  func names() throws {
    func names(_ id: String) -> JUnitNames {
      JUnitNames(Entry(SampleRun.record(id, .pass), isMandatory: false))
    }
    let plain = names("onnx/Cast-21/f32.e4m3fn/saturate#007+symbolic")
    #expect(plain.suite == "op.Cast")
    #expect(plain.classname == "assay.op.Cast.f32_e4m3fn")
    #expect(plain.name == "Cast-21_saturate_007_symbolic")
    #expect(names("model/tiny-llama/f16/logits#000").suite == "model.tiny")
    let odd = ["onnx/A-1/f32/a b#0", "onnx/A-1/f32/a:b#0", "x", "a/b", "a_b", ""].map(names)
    #expect(Set(odd).count == odd.count)
    for name in odd {
      #expect(name.name.utf8.count + name.classname.utf8.count <= 512)
      #expect(!name.name.contains { !$0.isASCII || $0 == "." || $0 == " " })
    }
  }

  @Test("Twenty thousand cases take less than a second to read back and stay small")
  func large() throws {
    let summary = try LargeRun.summary(cases: 20_000)
    let directory = try ScratchDirectory()
    try JUnitReport.write(summary, to: directory.path("junit.xml"))
    let bytes = try #require(directory.contents("junit.xml"))
    #expect(bytes.count < 4 << 20)
  }

  @Test("Equal summaries give equal bytes")
  func deterministic() throws {
    let first = try JUnitReport.document(try LargeRun.summary(cases: 500))
    #expect(try first == JUnitReport.document(try LargeRun.summary(cases: 500)))
  }
}
