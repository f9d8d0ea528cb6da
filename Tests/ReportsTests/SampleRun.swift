import Reports
import Tensors
import Verification

/// Runs made for tests: a small one that shows every status, and large ones from a seed.
enum SampleRun {
  static func description(device: String = "acme0") -> RunDescription {
    RunDescription(
      toolVersion: "0.1", suiteVersion: "2026.1", tier: "ci", profile: "core",
      backend: BackendIdentity(
        vendor: "Acme", product: "NPU SDK", version: "3.2", device: device,
        details: [NamedText("Driver", "5.10.4"), NamedText("Firmware", "2.0.1 (signed)")]),
      numericMode: "strict-fp32", determinism: "D1",
      commandLine: "assay run --backend ./libvendor.so", started: "2026-11-23T17:00:00Z",
      reproduceArguments: "--backend ./libvendor.so",
      environment: [
        NamedText("Machine", "x86_64, 2 cores"), NamedText("System", "Debian GNU/Linux 12"),
      ])
  }

  static func record(_ id: String, _ verdict: Verdict) -> CaseRecord {
    let parts = id.split(separator: "/").map(String.init)
    let name = parts.count > 1 ? parts[1] : id
    let dash = name.lastIndex(of: "-") ?? name.endIndex
    let version = Int(name[dash...].dropFirst()) ?? 1
    var record = CaseRecord(
      caseID: id, caseDigest: String(repeating: "ab", count: 32), domain: parts.first ?? "onnx",
      operatorName: String(name[..<dash]), sinceVersion: version,
      types: parts.count > 2 ? parts[2] : "", intent: "what would be wrong",
      accuracyClass: "elementwise", verdict: verdict)
    record.wallNanoseconds = 1_500_000
    return record
  }

  /// The red case of the documentation: a wrong value with everything that explains it.
  static let tail: CaseRecord = {
    var record = Self.record("onnx/Sigmoid-13/f32/negative-tail#004", .fail(.valueBound))
    record.intent = "the tail below -15 cut off or clamped"
    record.message = "120 of 512 elements beyond the bound, all with x < -15.2"
    record.details = [
      "looks like: table or polynomial clamped near -18",
      "bound: ½ ulp + 5 ulp, class elementwise (numerics §6.3)",
    ]
    record.worst = WorstElement(
      output: "y", index: [17], observed: "0x1.1cp-26 (1.65e-08)",
      golden: "0x1.ae6p-26 (2.51e-08)", bound: "±2.1e-15", ratio: 4.1e6,
      neighbours: [
        "16: 0x1.2p-26 (1.68e-08) | 0x1.9p-26 (2.33e-08)",
        "18: 0x1.1cp-26 (1.65e-08) | 0x1.cp-26 (2.61e-08)",
      ])
    return record
  }()

  static let division: CaseRecord = {
    var record = Self.record("onnx/Div-14/i32/int-min-by-minus-one#000", .crash(.signal(8)))
    record.intent = "the quotient that does not fit"
    record.message = "SIGFPE in execute; worker replaced; alone: crashes again"
    record.standardError = "loading\r\n\u{1B}[31mfatal\u{1B}[0m: integer division\n"
    return record
  }()

  /// One record per status, and a mandatory case that the backend declined.
  static let records: [CaseRecord] = {
    var nearest = record("onnx/Add-14/f32/rounding#000", .pass)
    nearest.metrics = [OutputMetrics(output: "C", elements: 64)]
    nearest.metrics[0].worstRatio = 0.372
    nearest.metrics[0].maximumUlp = 0.5
    var filtered = record("onnx/Add-14/f64/rounding#001", .pass)
    filtered.disposition = .filtered
    var flaky = record("onnx/ReduceSum-13/f16/order#000", .fail(.valueBound))
    flaky.disposition = .flaky
    var missing = record("model/tiny-block/f32/logits#000", .pass)
    missing.disposition = .missing
    return [
      tail, division, nearest, filtered, flaky, missing,
      record("onnx/Add-14/f16/rounding#002", .pass),
      record("onnx/Loop-21/f32/hang#000", .timeout(.run)),
      record("onnx/Gelu-20/bf16/tail#000", .unsupported(.dtype)),
      record("onnx/Gelu-20/f16/tail#001", .unsupported(.dtype)),
      record("onnx/Mod-13/u8/negative#000", .unsupported(.operator)),
      record("onnx/Tan-7/f32/pole#000", .inconclusive(.golden)),
    ]
  }()

  static let mandatory: Set<String> = [
    tail.caseID, division.caseID, "onnx/Add-14/f32/rounding#000", "onnx/Mod-13/u8/negative#000",
  ]

  static func summary() throws -> RunSummary {
    try RunSummary(description(), records: records, mandatory: mandatory)
  }

  static func summary(
    _ records: [CaseRecord], mandatory: Set<String> = [], device: String = "acme0"
  ) throws -> RunSummary {
    try RunSummary(description(device: device), records: records, mandatory: mandatory)
  }
}
