import Spec
import Tensors
import Testing

@testable import Verification

@Suite("Specials (numerics §6.11)")
struct SpecialsTests {
  func column(_ g: [Double], ulps: Double = 5) -> GoldenColumns {
    .elementwise(RealColumn(high: g), ElementwiseBudget(ulps: ulps))
  }

  @Test("S1: NaN and infinities are required, and exempt no other element")
  func goldenSpecials() throws {
    let golden = column([.nan, .infinity, -.infinity, 1])
    #expect(try verdict([.nan, .infinity, -.infinity, 1], golden) == .pass)
    #expect(try verdict([0, .infinity, -.infinity, 1], golden) == .fail(.valueClass))
    #expect(try verdict([.nan, -.infinity, -.infinity, 1], golden) == .fail(.valueClass))
    #expect(try verdict([.nan, .nan, -.infinity, 1], golden) == .fail(.valueClass))
    #expect(try verdict([.nan, .infinity, -.infinity, 1.5], golden) == .fail(.valueBound))
  }

  @Test("NaN and infinity for a finite result are of the wrong class")
  func observedSpecials() throws {
    for wrong in [Double.nan, .infinity, -.infinity] {
      #expect(try verdict([wrong], column([1])) == .fail(.valueClass))
    }
  }

  @Test("S3: infinity is allowed within the bound of the threshold and required beyond it")
  func overflow() throws {
    let greatest = Double(Float.greatestFiniteMagnitude)
    let ulp = 0x1p104
    // Threshold fmax + ulp/2. With 5 ulp of slack: at fmax − 4 ulp both are right, at fmax − 6 ulp
    // only finite values, from fmax + 6 ulp on only infinity.
    #expect(try verdict([.infinity], column([greatest - 4 * ulp])) == .pass)
    #expect(try verdict([greatest], column([greatest - 4 * ulp])) == .pass)
    #expect(try verdict([-.infinity], column([greatest - 4 * ulp])) == .fail(.valueClass))
    #expect(try verdict([.infinity], column([greatest - 6 * ulp])) == .fail(.valueClass))
    #expect(try verdict([greatest], column([greatest + 4 * ulp])) == .pass)
    // Above 2^128 the compute ulp doubles: |g| − 10 ulp must exceed fmax + ulp/2.
    #expect(try verdict([greatest], column([greatest + 12 * ulp])) == .fail(.valueClass))
    #expect(try verdict([.infinity], column([greatest + 12 * ulp])) == .pass)
  }

  @Test("S3 saturating: the largest value of the same sign in place of infinity")
  func saturating() throws {
    let mode = try named("saturating")
    let greatest = Double(Float.greatestFiniteMagnitude)
    #expect(try verdict([greatest], column([0x1p140]), mode: mode) == .pass)
    #expect(try verdict([-greatest], column([0x1p140]), mode: mode) == .fail(.valueBound))
    #expect(try verdict([.infinity], column([0x1p140]), mode: mode) == .fail(.valueClass))
    #expect(try verdict([greatest], column([.infinity]), mode: mode) == .pass)
    #expect(try verdict([0], column([.nan]), mode: mode) == .pass)
    #expect(try verdict([1], column([.nan]), mode: mode) == .fail(.valueClass))
    #expect(try verdict([greatest], column([0x1p140])) == .fail(.valueClass))
  }

  @Test("S4: a flushing mode may give zero below the smallest normal only")
  func flush() throws {
    let flush = try named("flush-subnormals")
    #expect(try verdict([0], column([0x1p-130])) == .fail(.valueBound))
    #expect(try verdict([0], column([0x1p-130]), mode: flush) == .pass)
    #expect(try verdict([-0.0], column([0x1p-130]), mode: flush) == .pass)
    #expect(try verdict([0], column([0x1p-125]), mode: flush) == .fail(.valueBound))
  }

  @Test("S4: all or nothing within a case and a type")
  func flushAllOrNothing() throws {
    let flush = try named("flush-subnormals")
    let golden = column([0x1p-130, 0x1p-131])
    #expect(try verdict([0, 0], golden, mode: flush) == .pass)
    #expect(try verdict([0x1p-130, 0x1p-131], golden, mode: flush) == .pass)
    let judgement = judge(try tensor(.f32, [0, 0x1p-131]), golden, mode: flush)
    #expect(judgement.verdict == .fail(.valueClass))
    #expect(
      judgement.message.hasPrefix("1 subnormal results of type f32 are flushed to zero and 1"))
  }

  @Test("S4: a result that rounds up to a normal number is not kept subnormal")
  func tininessAfterRounding() throws {
    let flush = try named("flush-subnormals")
    let values = [0x1p-20, 0x1p-14 - 0x1p-27]
    for golden in [column(values), .rounded(RealColumn(high: values))] {
      #expect(try verdict([0, 0x1p-14], golden, type: .f16, mode: flush) == .pass)
      #expect(try verdict([0, 0], golden, type: .f16, mode: flush) == .pass)
      #expect(
        try verdict([0, 0x1p-14 - 0x1p-24], golden, type: .f16, mode: flush) != .pass)
    }
  }

  @Test("Class R and class X flush too, all or nothing")
  func flushRoundedAndExact() throws {
    let flush = try named("flush-subnormals")
    let rounded = GoldenColumns.rounded(RealColumn(high: [0x1p-130, 0x1p-131]))
    let exact = GoldenColumns.exact(try tensor(.f32, [0x1p-130, 0x1p-131]))
    for golden in [rounded, exact] {
      #expect(try verdict([0, 0], golden, mode: flush) == .pass)
      #expect(try verdict([0x1p-130, 0x1p-131], golden, mode: flush) == .pass)
      #expect(try verdict([0, 0x1p-131], golden, mode: flush) == .fail(.valueClass))
      #expect(try verdict([0, 0], golden) == .fail(.valueExact))
    }
  }

  @Test("The mode selects the golden of a backend that flushes, for the whole case")
  func flushedGolden() throws {
    // 2^-130 · 2^100: a backend that flushes its input gives 0.
    var golden = golden(.f32, [1], column([0x1p-30]))
    golden.flushedOutputs = [
      GoldenOutput(
        name: "y",
        alternatives: [
          .tensor(GoldenTensor(type: .f32, shape: [1], columns: column([0])))
        ])
    ]
    func verdict(_ y: Double, _ subnormals: NumericMode.Subnormals) throws -> Verdict {
      let mode = mode { $0.subnormals = subnormals }
      return Verifier.judge(
        [.tensor(try tensor(.f32, [y]))], against: golden,
        in: JudgementContext(mode: mode, twin: .adversarial)
      ).verdict
    }
    #expect(try verdict(0x1p-30, .preserve) == .pass)
    #expect(try verdict(0, .preserve) == .fail(.valueBound))
    #expect(try verdict(0, .flushBoth) == .pass)
    #expect(try verdict(0x1p-30, .flushBoth) == .fail(.valueBound))
    #expect(try verdict(0, .flushOutput) == .pass)
    #expect(try verdict(0x1p-30, .flushOutput) == .pass)
    #expect(try verdict(0x1p-31, .flushOutput) == .fail(.valueBound))
  }
}
