import ModelFormat
import NumericFormats
import Probing
import Spec
import Testing
import Verification

@Suite("Probes: declared against probed")
struct ReportTests {
  /// The records of a simulated backend's f32 products.
  private func records(
    _ backend: SimulatedBackend, mode: String = "strict-fp32"
  ) throws -> [ProbeRecord] {
    let mode = try #require(NumericMode.named[mode])
    let probes = ProbeSet.all.filter {
      $0.operatorName == "MatMul" && $0.type == .f32 && $0.inputs.count == 2
    }
    return ProbeReport.records(probes, probes.map(backend.answer), mode: mode)
  }

  private func texts(_ records: [ProbeRecord], _ agreement: ProbeRecord.Agreement) -> [String] {
    records.filter { $0.agreement == agreement }.map(\.probed)
  }

  @Test("A strict backend agrees in every field")
  func strict() throws {
    let records = try records(SimulatedBackend())
    #expect(
      texts(records, .agrees) == [
        "inputs kept", "sums in 24 bits", "sums rounded to nearest", "subnormals preserved",
        "terms added in order",
      ])
    #expect(records.count == 5)
  }

  @Test(
    "Narrow inputs are named and contradict strict-fp32",
    arguments: [
      (FloatFormat.bf16, "bf16"), (.tf32, "tf32"), (.hf32, "hf32"), (.f16, "fp16"),
    ])
  func inputs(format: FloatFormat, name: String) throws {
    let records = try records(SimulatedBackend(input: { format.round($0) }))
    #expect(texts(records, .contradicts).contains("inputs rounded to \(name)"))
  }

  @Test("A float16 accumulator and one that rounds toward zero are named")
  func accumulators() throws {
    let narrow = try records(SimulatedBackend(accumulate: { FloatFormat.f16.round($0) }))
    #expect(texts(narrow, .contradicts).contains("sums in 11 bits"))
    let cut = try records(SimulatedBackend(accumulate: { FloatFormat.f32.roundTowardZero($0) }))
    #expect(texts(cut, .contradicts) == ["sums rounded toward zero"])
  }

  @Test("Flushed results and flushed inputs are named")
  func flushed() throws {
    @Sendable func flush(_ value: Double) -> Double {
      value.magnitude < powerOfTwo(-126) ? 0 : value
    }
    let outputs = try records(SimulatedBackend(output: { flush($0) }))
    #expect(texts(outputs, .contradicts) == ["subnormal results flushed"])
    let both = try records(SimulatedBackend(input: { flush($0) }, output: { flush($0) }))
    #expect(texts(both, .contradicts) == ["subnormals flushed"])
  }

  @Test("What is declared is no finding, and what is better than declared is stricter")
  func declared() throws {
    let bf16 = SimulatedBackend(input: { FloatFormat.bf16.round($0) })
    let records = try records(bf16, mode: "bf16-input")
    #expect(texts(records, .contradicts).isEmpty)
    #expect(texts(records, .agrees).contains("inputs rounded to bf16"))
    let better = try self.records(SimulatedBackend(), mode: "tf32")
    #expect(texts(better, .stricter) == ["inputs kept"])
  }

  @Test("A refused probe is not measured, with its reason, and is no finding")
  func refused() throws {
    let probes = Array(ProbeSet.all.prefix(2))
    let records = ProbeReport.records(
      probes, probes.map { _ in .none("unsupported") }, mode: .strict)
    #expect(Set(records.map(\.agreement)) == [.unmeasured])
    #expect(Set(records.map(\.probed)) == ["not measured: unsupported"])
  }

  @Test("Outputs of another shape decide nothing", arguments: ProbeSet.all.indices)
  func malformed(position: Int) {
    let probe = ProbeSet.all[position]
    #expect(probe.decode([]).isEmpty)
  }

  @Test("Every probe is a valid model of one node")
  func models() throws {
    for probe in ProbeSet.all {
      #expect(probe.model.graph.nodes.count == 1)
      #expect(try !probe.model.encoded().isEmpty)
      #expect(probe.model.graph.inputs.count == probe.inputs.count)
    }
    #expect(ProbeSet.all.count > 80)
  }
}
