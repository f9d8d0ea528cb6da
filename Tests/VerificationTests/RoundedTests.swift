import Spec
import Tensors
import Testing

@testable import Verification

@Suite("Class R (numerics §6.2)")
struct RoundedTests {
  /// Half-way between the float16 neighbours 1 and 1 + 2^-10, plus a hair: rounds up. By way of
  /// float32, whose spacing here is 2^-23, the hair is lost and the tie goes to the even 1.
  let doubleRounding = GoldenColumns.rounded(RealColumn(high: [1 + 0x1p-11 + 0x1p-30]))

  @Test("Double rounding is one ulp off and fails")
  func doubleRounded() throws {
    #expect(try verdict([1 + 0x1p-10], doubleRounding, type: .f16) == .pass)
    let judgement = judge(try tensor(.f16, [1]), doubleRounding)
    #expect(judgement.verdict == .fail(.valueExact))
    // e = 2^-11 + 2^-30 over half an ulp, 2^-11.
    #expect(judgement.worst?.ratio == 1 + 0x1p-19)
    #expect(judgement.worst?.bound == "correctly rounded: 0x1.004p+0 (1)")
  }

  @Test("Relaxed mode allows one ulp on either side, not more")
  func relaxed() throws {
    let relaxed = mode { $0.basicRounding = .relaxed }
    #expect(try verdict([1], doubleRounding, type: .f16, mode: relaxed) == .pass)
    #expect(try verdict([1 + 0x1p-10], doubleRounding, type: .f16, mode: relaxed) == .pass)
    // 2^-9 is 1.5 ulp away from the exact result.
    #expect(
      try verdict([1 + 0x1p-9], doubleRounding, type: .f16, mode: relaxed) == .fail(.valueBound))
  }

  @Test("Ties go to even")
  func ties() throws {
    // 1 + 3·2^-24 lies half-way between 1 + 2^-23 (odd) and 1 + 2^-22 (even).
    let tie = GoldenColumns.rounded(RealColumn(high: [1 + 3 * 0x1p-24]))
    #expect(try verdict([1 + 0x1p-22], tie) == .pass)
    #expect(try verdict([1 + 0x1p-23], tie) == .fail(.valueExact))
  }

  @Test("A float64 result is rounded from both parts of the golden")
  func binary64() throws {
    // 1 + 2^-53 alone is a tie that goes to 1; the low part lifts it above.
    let golden = GoldenColumns.rounded(RealColumn(high: [1], low: [0x1p-53 + 0x1p-80]))
    #expect(try verdict([1 + 0x1p-52], golden, type: .f64) == .pass)
    #expect(try verdict([1], golden, type: .f64) == .fail(.valueExact))
  }

  @Test("The element that is shown is a wrong one, not a right one with a larger ratio")
  func shownElement() throws {
    // 2 − 2^-53 is half-way between 2 − 2^-52 and the even 2, a quarter of the spacing from there
    // on; 3 is right although it is 0.97 of half an ulp off.
    let golden = GoldenColumns.rounded(RealColumn(high: [2, 3], low: [-0x1p-53, 0x1.fp-53]))
    let judgement = judge(try tensor(.f64, [2 - 0x1p-52, 3]), golden)
    #expect(judgement.verdict == .fail(.valueExact))
    #expect(judgement.worst?.index == [0])
    #expect(judgement.worst?.ratio == 0.5)
    #expect(try verdict([2, 3], golden, type: .f64) == .pass)
  }

  @Test("Overflow rounds to infinity from fmax + ulp/2 on, and to fmax when saturating")
  func overflow() throws {
    // float16: fmax 65504, ulp 32, threshold 65520.
    let below = GoldenColumns.rounded(RealColumn(high: [65519]))
    let above = GoldenColumns.rounded(RealColumn(high: [65520]))
    #expect(try verdict([65504], below, type: .f16) == .pass)
    #expect(try verdict([.infinity], below, type: .f16) == .fail(.valueClass))
    #expect(try verdict([.infinity], above, type: .f16) == .pass)
    #expect(try verdict([65504], above, type: .f16) == .fail(.valueClass))
    let saturating = try named("saturating")
    #expect(try verdict([65504], above, type: .f16, mode: saturating) == .pass)
    #expect(try verdict([.infinity], above, type: .f16, mode: saturating) == .fail(.valueClass))
  }

  @Test("Underflow keeps the sign where zero signs count")
  func underflow() throws {
    // Half the smallest subnormal of float32 is 2^-150; a quarter rounds to zero.
    let tiny = GoldenColumns.rounded(RealColumn(high: [-0x1p-151]))
    #expect(try verdict([-0.0], tiny, signedZero: true) == .pass)
    #expect(try verdict([0], tiny, signedZero: true) == .fail(.valueClass))
    #expect(try verdict([0], tiny) == .pass)
    let subnormal = GoldenColumns.rounded(RealColumn(high: [0x1p-140 + 0x1p-160]))
    #expect(try verdict([0x1p-140], subnormal) == .pass)
    #expect(try verdict([0], subnormal) == .fail(.valueExact))
  }

  @Test("Formats without infinity overflow to NaN")
  func float8() throws {
    // e4m3fn: fmax 448, next step 32, so 480 is beyond the threshold 464.
    let golden = GoldenColumns.rounded(RealColumn(high: [480]))
    #expect(try verdict([.nan], golden, type: .e4m3fn) == .pass)
    #expect(try verdict([448], golden, type: .e4m3fn) == .fail(.valueClass))
    #expect(try verdict([448], golden, type: .e4m3fn, mode: named("saturating")) == .pass)
  }
}
