import CanonicalJSON
import Spec
import Testing

@testable import Verification

@Suite("Verdict texts and exit codes")
struct VerdictTextTests {
  static let all: [Verdict] =
    [.pass] + Verdict.FailureCode.allCases.map { .fail($0) }
    + Verdict.UnsupportedReason.allCases.map { .unsupported($0) }
    + [.signal(11), .exit(-1), .memory, .protocolViolation, .load].map { .crash($0) }
    + Verdict.Phase.allCases.map { .timeout($0) }
    + Verdict.HarnessFault.allCases.map { .inconclusive($0) }

  @Test("Every verdict survives the round trip through its canonical document", arguments: all)
  func roundTrip(verdict: Verdict) throws {
    let read = try JSON(parsing: verdict.json.canonicalBytes)
    #expect(try Verdict(JSONField(read)) == verdict)
  }

  @Test("Kinds and codes are those of the schema")
  func texts() {
    #expect(Verdict.pass.json.canonicalText == #"{"kind":"pass"}"#)
    #expect(
      Verdict.fail(.valueBound).json.canonicalText == #"{"code":"value.bound","kind":"fail"}"#)
    #expect(
      Verdict.crash(.signal(8)).json.canonicalText
        == #"{"code":"signal","kind":"crash","number":8}"#)
    #expect(Verdict.fail(.valueBound).text == "fail value.bound")
    #expect(Verdict.crash(.protocolViolation).text == "crash protocol")
    #expect(Verdict.timeout(.compile).text == "timeout compile")
    #expect(Verdict.pass.text == "pass")
  }

  @Test(
    "What is no verdict is refused",
    arguments: [
      #"{"kind":"pass","code":"x"}"#, #"{"kind":"fail"}"#, #"{"kind":"fail","code":"value"}"#,
      #"{"kind":"crash","code":"signal"}"#, #"{"kind":"crash","code":"load","number":1}"#,
      #"{"kind":"fail","code":"shape","number":1}"#, #"{"kind":"waived","code":"W-1"}"#,
      #"{"kind":"pass","extra":1}"#, #"[]"#,
    ])
  func refused(text: String) throws {
    let json = try JSON(parsing: text)
    #expect(throws: JSONFieldError.self) { try Verdict(JSONField(json)) }
  }

  @Test("The worst verdict wins: inconclusive, crash, timeout, fail, unsupported, pass")
  func severity() {
    let order: [Verdict] = [
      .inconclusive(.io), .crash(.load), .timeout(.run), .fail(.shape), .unsupported(.rank), .pass,
    ]
    for (index, verdict) in order.enumerated() {
      #expect(Verdict.worst(of: order[index...].reversed()) == verdict)
    }
    #expect(Verdict.worst(of: []) == nil)
  }

  @Test("Of several exit codes the first of 2, 3, 6, 5, 4, 1, 7 wins")
  func exitCodes() {
    #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6, 7])
    let order: [ExitCode] = [
      .usage, .harness, .tampered, .incomplete, .nothing, .failure, .drift, .success,
    ]
    for (index, code) in order.enumerated() {
      #expect(ExitCode.combined(order[index...].reversed()) == code)
    }
    #expect(ExitCode.combined([]) == .success)
  }
}

@Suite("Case records")
struct CaseRecordTests {
  static var record: CaseRecord {
    var record = CaseRecord(
      caseID: "onnx/Softmax-13/f16/row#003", caseDigest: "00ff", domain: "onnx",
      operatorName: "Softmax", sinceVersion: 13, types: "f16", intent: "lines\n\"quoted\" é",
      accuracyClass: "composite", verdict: .crash(.signal(11)))
    record.disposition = .flaky
    record.message = "died"
    record.details = ["one", ""]
    record.worst = WorstElement(
      output: "y", index: [2, 0], observed: "nan", golden: "0x1p+0 (1)", bound: "±1e-05",
      ratio: .infinity, neighbours: ["2,1: 1 | 1"])
    var metrics = OutputMetrics(output: "y", elements: 6)
    metrics.wrong = 1
    metrics.worstRatio = 0.1
    metrics.zCount = 5
    metrics.zSum = -0.0
    metrics.zSquareSum = .leastNonzeroMagnitude
    metrics.informative = ["nmse": 1e-9, "cosine": 1]
    record.metrics = [metrics, OutputMetrics(output: "z", elements: 0)]
    record.schemes = ["onnx": .accepts, "tosa": .notApplicable, "torch": .rejects]
    record.standardError = "boom\u{1}"
    record.wallNanoseconds = .max
    record.workerGeneration = 3
    return record
  }

  @Test("A record survives the round trip bit for bit, and its bytes are stable")
  func roundTrip() throws {
    let bytes = Self.record.json.canonicalBytes
    let read = try CaseRecord(json: JSON(parsing: bytes))
    #expect(read == Self.record)
    #expect(read.json.canonicalBytes == bytes)
    #expect(read.metrics[0].zSum.sign == .minus)
  }

  @Test("A record without a worst element or schemes has no such members")
  func absentMembers() throws {
    var record = Self.record
    record.worst = nil
    record.schemes = [:]
    #expect(record.json["worst"] == nil)
    #expect(record.json["schemes"] == nil)
    #expect(try CaseRecord(json: record.json) == record)
  }

  @Test("Another schema, an unknown, a missing and an ill-typed member are refused")
  func refused() throws {
    let object = try #require(Self.record.json.object)
    let changes: [(String, JSON?)] = [
      ("schema", "assay.case-record.v2"), ("surprise", 1), ("intent", nil),
      ("sinceVersion", "13"), ("disposition", "lost"), ("metrics", [["output": "y"]]),
      ("schemes", ["onnx": "likes"]),
    ]
    for (key, value) in changes {
      var changed = object
      changed[key] = value
      #expect(throws: JSONFieldError.self, "\(key)") { try CaseRecord(json: .object(changed)) }
    }
  }
}
