import Spec
import Tensors
import Testing

@testable import Verification

@Suite("What a mode leaves undecided in a model (numerics §6.10, M6)")
struct RequiredPrecisionTests {
  private func judged(
    _ value: Double, _ required: RequiredPrecision, mode: NumericMode, type: ElementType = .f32
  ) throws -> Judgement {
    let golden = GoldenTensor(
      type: .f32, shape: [1], columns: .rounded(RealColumn(high: [1.5])), required: required)
    let observed = try tensor(type, [value])
    return Verifier.judge(
      [.tensor(observed)],
      against: Golden(outputs: [GoldenOutput(name: "y", alternatives: [.tensor(golden)])]),
      in: JudgementContext(mode: mode, twin: .random))
  }

  private func mode(_ name: String) throws -> NumericMode {
    try #require(NumericMode.named[name])
  }

  @Test(
    "A mode with fewer bits than the codes before an output need gets no verdict, and no pass",
    arguments: [
      ("tf32", RequiredPrecision(factors: 12), RequiredPrecision(factors: 11)),
      ("fp8-block", RequiredPrecision(accumulator: 15), RequiredPrecision(accumulator: 14)),
      ("rz-accumulate", RequiredPrecision(truncating: 25), RequiredPrecision(truncating: 24)),
      ("bf16-compute", RequiredPrecision(compute: 9), RequiredPrecision(compute: 8)),
    ])
  func undecided(name: String, beyond: RequiredPrecision, within: RequiredPrecision) throws {
    let open = try judged(1.25, beyond, mode: mode(name))
    #expect(open.verdict == .unsupported(.numericMode))
    #expect(open.message.contains("y is not judged in the mode \(name)"), "\(open.message)")
    #expect(try judged(1.5, within, mode: mode(name)).verdict == .pass)
    #expect(try judged(1.25, within, mode: mode(name)).verdict == .fail(.valueExact))
  }

  @Test(
    "Strict mode decides everything that 24 bits decide, and truncation counts in its mode only")
  func strict() throws {
    let required = RequiredPrecision(factors: 24, accumulator: 24, truncating: 40, compute: 24)
    #expect(try judged(1.5, required, mode: .strict).verdict == .pass)
    #expect(try judged(1.25, required, mode: .strict).verdict == .fail(.valueExact))
  }

  @Test("A wrong type fails in any mode")
  func structure() throws {
    let required = RequiredPrecision(factors: 24)
    #expect(
      try judged(1.5, required, mode: mode("tf32"), type: .f16).verdict == .fail(.type))
  }

  @Test("Sums toward zero have the deviation of their measured bias: 8σ of 32 are 2^-16")
  func truncation() throws {
    let none: [Double] = [0]
    func verdict(_ error: Double, _ name: String, truncation: [Double]) throws -> Verdict {
      let side = Sensitivity(
        compute: none, accumulate: [1], storage: none, input: none, truncation: truncation)
      let observed = try #require(Tensor(type: .f32, shape: [1], rounding: [error]))
      return judge(
        observed, .model(RealColumn(high: [0]), side, nil), mode: try mode(name), twin: .random
      ).verdict
    }
    // σ² = 2^-48·(1² + 32²): 8σ is 2^-16 and 0.05 % of it.
    #expect(try verdict(0.999 * 0x1p-16, "rz-accumulate", truncation: [32]) == .pass)
    #expect(try verdict(1.01 * 0x1p-16, "rz-accumulate", truncation: [32]) == .fail(.valueBound))
    // Without a measured bias noise of twice the size, and in strict mode neither.
    #expect(try verdict(0.999 * 0x1p-20, "rz-accumulate", truncation: []) == .pass)
    #expect(try verdict(1.01 * 0x1p-20, "rz-accumulate", truncation: []) == .fail(.valueBound))
    #expect(try verdict(1.01 * 0x1p-21, "strict-fp32", truncation: [32]) == .fail(.valueBound))
  }
}
