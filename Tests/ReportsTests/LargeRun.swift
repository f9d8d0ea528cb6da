import Reports
import Tensors
import Verification

/// Thousands of records from a seed, shaped like a real run.
struct LargeRun {
  private static let operators = [
    "Abs", "Add", "ArgMax", "AveragePool", "BatchNormalization", "Cast", "Ceil", "Clip", "Concat",
    "Conv", "ConvTranspose", "Cos", "CumSum", "Div", "Einsum", "Equal", "Erf", "Exp", "Expand",
    "Flatten", "Floor", "Gather", "GatherElements", "GatherND", "Gelu", "Gemm",
    "GroupNormalization",
    "HardSigmoid", "LayerNormalization", "LeakyRelu", "Log", "LogSoftmax", "MatMul",
    "MatMulInteger", "Max", "MaxPool", "Mean", "Min", "Mul", "Neg", "NonMaxSuppression", "Pad",
    "Pow", "QLinearMatMul", "QuantizeLinear", "ReduceMax", "ReduceMean", "ReduceSum", "Relu",
    "Reshape", "Resize", "ScatterND", "Sigmoid", "Sin", "Slice", "Softmax", "Split", "Sqrt",
    "Tanh", "TopK", "Transpose", "Where",
  ]
  private static let types = ["f32", "f16", "bf16", "f64", "i32", "i64", "u8", "i8", "bool"]
  private static let groups = ["each-axis", "k-tail", "negative-tail", "special-rows", "tie-order"]

  private var random: CounterRandom
  /// One case in this many fails.
  private let failureInterval: Int

  init(seed: UInt64, failureInterval: Int) {
    random = CounterRandom(key: (seed, 0))
    self.failureInterval = failureInterval
  }

  /// A summary of `count` cases over 62 operators and three models.
  static func summary(
    cases count: Int, seed: UInt64 = 1, failureInterval: Int = 40
  ) throws -> RunSummary {
    var run = LargeRun(seed: seed, failureInterval: failureInterval)
    let records = (0..<count).map { run.record($0) }
    // What is declared unsupported is optional; everything else must pass.
    let mandatory = records.filter { $0.verdict.kind != .unsupported }
    return try SampleRun.summary(records, mandatory: Set(mandatory.map(\.caseID)))
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(random.nextInteger(in: 0...Int64(elements.count - 1)))]
  }

  private mutating func record(_ number: Int) -> CaseRecord {
    let name = pick(Self.operators)
    let id = "onnx/\(name)-13/\(pick(Self.types))/\(pick(Self.groups))#\(number)"
    let fails = random.nextInteger(in: 1...Int64(failureInterval)) == 1
    var record = SampleRun.record(id, fails ? pick(Self.failures) : pick(Self.successes))
    record.intent = "a tail that is computed with the neighbour's scale, or not at all"
    var metrics = OutputMetrics(output: "Y", elements: 4096)
    metrics.worstRatio = record.verdict == .pass ? ratio(below: 1) : 0
    metrics.maximumUlp = metrics.worstRatio * 4
    record.metrics = [metrics]
    if case .fail(let code) = record.verdict { explain(&record, code) }
    if case .crash = record.verdict {
      record.message = "SIGSEGV in execute; worker replaced; alone: crashes again"
      record.standardError = "runtime: invalid read of 16 bytes\nstack: kernel_\(number)\n"
    }
    return record
  }

  private mutating func ratio(below limit: Double) -> Double {
    let unit = random.nextUnit()
    return random.nextInteger(in: 1...4) == 1 ? 0 : limit * unit * unit * unit
  }

  private static let failures: [Verdict] = [
    .fail(.valueBound), .fail(.valueBound), .fail(.valueBound), .fail(.valueExact),
    .fail(.valueClass), .fail(.indexOrder), .crash(.signal(11)), .timeout(.run),
  ]
  private static let successes =
    [Verdict](repeating: .pass, count: 19) + [.unsupported(.dtype)]

  private mutating func explain(_ record: inout CaseRecord, _ code: Verdict.FailureCode) {
    let index = Int(random.nextInteger(in: 0...4095))
    record.message = "\(index) of 4096 elements beyond the bound, all in the last 17 columns"
    record.details = [
      "looks like: the last K elements are dropped (mutant 12 gives the same pattern)",
      "bound: γ(k)·Σ|aᵢ·bᵢ| with k = 4096, class accumulated (numerics §6.4)",
    ]
    let isNumber = code == .valueBound
    record.worst = WorstElement(
      output: "Y", index: [index / 64, index % 64], observed: "0x1.1cp-26 (1.65e-08)",
      golden: "0x1.ae6p-26 (2.51e-08)", bound: isNumber ? "±2.1e-15" : "exactly",
      ratio: isNumber ? 1 + random.nextUnit() * 5000 : .infinity,
      neighbours: (0..<8).map {
        "\(index / 64),\($0): 0x1.2a7b\($0)p-3 (0.145) | 0x1.2a7b9p-3 (0.145)"
      })
  }
}
