import Spec
import Tensors
import Testing

@testable import Verification

@Suite("Class E (numerics §6.3)")
struct ElementwiseTests {
  func column(
    _ g: Double, ulps: Double = 5, absolute: [Float] = [], range: ClosedRange<Double>? = nil
  ) -> GoldenColumns {
    .elementwise(
      RealColumn(high: [g]), ElementwiseBudget(ulps: ulps, absolute: absolute, range: range))
  }

  @Test("Float32 at 1: half an ulp and five are 5.5 · 2^-23")
  func standardLevel() throws {
    #expect(try verdict([1 + 5 * 0x1p-23], column(1)) == .pass)
    let judgement = judge(try tensor(.f32, [1 + 6 * 0x1p-23]), column(1))
    #expect(judgement.verdict == .fail(.valueBound))
    // 6 over 5.5.
    #expect(abs((judgement.worst?.ratio ?? 0) - 6 / 5.5) < 1e-12)
    #expect(judgement.message == "y[0] is 1.09 × its bound; 1 of 1 elements is beyond")
    #expect(judgement.worst?.bound == "±6.56e-07")
    #expect(judgement.details.first == "bound: ½ ulp + 5 ulp, class elementwise L2 (numerics §6.3)")
    #expect(judgement.metrics.first?.maximumUlp == 6)
  }

  @Test("Below 1 the ulp halves: the unit is that of the golden's binade")
  func binade() throws {
    // g = 1 − 2^-24: ulp 2^-24, bound 5.5·2^-24. y = g + 5·2^-24 = 1 + 2^-22 is exact in float32.
    let g = 1 - 0x1p-24
    #expect(try verdict([1 + 0x1p-22], column(g)) == .pass)
    #expect(try verdict([1 + 3 * 0x1p-23], column(g)) == .fail(.valueBound))
  }

  @Test("L1 allows one ulp in all, L3 eight times the budget")
  func levels() throws {
    let faithful = mode { $0.elementwiseLevel = .faithful }
    #expect(try verdict([1 + 0x1p-23], column(1), mode: faithful) == .pass)
    #expect(try verdict([1 + 0x1p-22], column(1), mode: faithful) == .fail(.valueBound))
    let fast = mode { $0.elementwiseLevel = .fast }
    #expect(try verdict([1 + 40 * 0x1p-23], column(1), mode: fast) == .pass)
    #expect(try verdict([1 + 41 * 0x1p-23], column(1), mode: fast) == .fail(.valueBound))
  }

  @Test("A float16 result computed in float32 is nearly correctly rounded")
  func narrowOutput() throws {
    // Bound 2^-11 + 5·2^-23; 2^-21 is 4 and 2^-20 is 8 units of 2^-23.
    #expect(try verdict([1], column(1 + 0x1p-11 + 0x1p-21), type: .f16) == .pass)
    #expect(try verdict([1], column(1 + 0x1p-11 + 0x1p-20), type: .f16) == .fail(.valueBound))
    // Computed in float16 the budget is 5·2^-10.
    let mode = try named("fp16-compute")
    #expect(try verdict([1], column(1 + 5 * 0x1p-10), type: .f16, mode: mode) == .pass)
    #expect(try verdict([1], column(1 + 6 * 0x1p-10), type: .f16, mode: mode) == .fail(.valueBound))
  }

  @Test("The absolute term is in units of 2^-24")
  func absoluteTerm() throws {
    // g = 2^-30: ulp 2^-53. A = 16·2^-24 = 2^-20.
    let golden = column(0x1p-30, absolute: [16])
    #expect(try verdict([0x1p-20], golden) == .pass)
    #expect(try verdict([0x1p-20 + 0x1p-28], golden) == .fail(.valueBound))
    #expect(try verdict([0x1p-20], column(0x1p-30)) == .fail(.valueBound))
    // L1 has no absolute term.
    let faithful = mode { $0.elementwiseLevel = .faithful }
    #expect(try verdict([0x1p-20], golden, mode: faithful) == .fail(.valueBound))
  }

  @Test("A value outside the function's range fails even within its bound")
  func range() throws {
    // 1 + 2^-23 is 2.x units of 2^-24 from 1 − 2^-30, within 5.5.
    let g = 1 - 0x1p-30
    #expect(try verdict([1 + 0x1p-23], column(g)) == .pass)
    #expect(try verdict([1 + 0x1p-23], column(g, range: 0...1)) == .fail(.valueBound))
    #expect(try verdict([1], column(g, range: 0...1)) == .pass)
  }

  @Test("Beyond the declared range of arguments only the function's range is required")
  func trigonometricRange() throws {
    let mode = mode { $0.trigonometricRange = 1_000 }
    func verdict(_ y: Double, argument: Double) throws -> Verdict {
      Verifier.judge(
        [.tensor(try tensor(.f32, [y]))],
        against: golden(.f32, [1], column(0.5, range: -1...1)),
        in: JudgementContext(
          mode: mode, twin: .adversarial, trigonometricArguments: [argument])
      ).verdict
    }
    #expect(try verdict(-0.75, argument: 1e5) == .pass)
    #expect(try verdict(-0.75, argument: 1_000) == .fail(.valueBound))
    #expect(try verdict(1.5, argument: 1e5) == .fail(.valueBound))
    #expect(try verdict(.nan, argument: 1e5) == .fail(.valueClass))
  }

  @Test("A float64 error is formed against both parts of the golden")
  func binary64() throws {
    // y = 1 + 2^-52·2; g = 1 + 2^-52·1.5 + …: with ½ + ½ ulp at L1 the low part decides.
    let faithful = mode { $0.elementwiseLevel = .faithful }
    func golden(low: Double) -> GoldenColumns {
      .elementwise(RealColumn(high: [1], low: [low]), ElementwiseBudget(ulps: 3))
    }
    // |y − g| = 2^-51 − 2^-52 = 1 ulp, and a hair more without the last bits of low.
    #expect(try verdict([1 + 0x1p-51], golden(low: 0x1p-52), type: .f64, mode: faithful) == .pass)
    #expect(
      try verdict(
        [1 + 0x1p-51], golden(low: 0x1p-52 - 0x1p-60), type: .f64, mode: faithful)
        == .fail(.valueBound))
  }
}
