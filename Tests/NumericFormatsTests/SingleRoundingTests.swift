import NumericFormats
import Testing

@Suite("One rounding")
struct SingleRoundingTests {
  @Test("1 + 2^-11 + 2^-30 is above the midpoint of binary16, through binary32 it is the midpoint")
  func doubleRoundingTrap() {
    let x = 1 + 0x1p-11 + 0x1p-30
    #expect(FloatFormat.f16.encode(x) == 0x3C01)
    #expect(FloatFormat.f16.encode(Double(Float(x))) == 0x3C00)
    #expect(FloatFormat.bf16.encode(1 + 0x1p-8 + 0x1p-40) == 0x3F81)
    #expect(FloatFormat.bf16.encode(1 + 0x1p-8) == 0x3F80)
    #expect(FloatFormat.e4m3fn.encode(1 + 0x1p-4 + 0x1p-50) == 0x39)
    #expect(FloatFormat.e5m2.encode(1 + 0x1p-3 + 0x1p-50) == 0x3D)
  }

  @Test("The low part breaks a tie of the high part in every format")
  func lowBreaksTies() {
    let tiny = 0x1p-100
    for format in FloatFormat.storageFormats + [.tf32, .hf32] where format.precision < 53 {
      guard format != .e8m0 else { continue }
      let unit = format.ulp(of: 1)
      let tie = 1 + unit / 2
      #expect(format.round(high: tie, low: 0) == 1)
      #expect(format.round(high: tie, low: tiny) == 1 + unit)
      #expect(format.round(high: tie, low: -tiny) == 1)
      let oddTie = 1 + unit + unit / 2
      #expect(format.round(high: oddTie, low: 0) == 1 + 2 * unit)
      #expect(format.round(high: oddTie, low: -tiny) == 1 + unit)
      #expect(format.round(high: -oddTie, low: tiny) == -(1 + unit))
      #expect(format.round(high: -tie, low: -tiny) == -(1 + unit))
    }
  }

  @Test("binary64 takes the rounded sum, at the overflow threshold too")
  func wideSum() {
    let format = FloatFormat.f64
    #expect(format.round(high: 1, low: 0x1p-53) == 1)
    #expect(format.round(high: 1, low: 0x1.0000000000001p-53) == 1.0.nextUp)
    #expect(format.round(high: 1, low: -0x1.8p-54) == 1.0.nextDown)
    let greatest = Double.greatestFiniteMagnitude
    #expect(format.round(high: greatest, low: greatest.ulp / 2) == .infinity)
    #expect(format.round(high: greatest, low: (greatest.ulp / 2).nextDown) == greatest)
    #expect(format.round(high: greatest, low: greatest.ulp / 2, overflow: .saturate) == greatest)
    #expect(format.round(.infinity, overflow: .saturate) == greatest)
    #expect(format.round(-.infinity, overflow: .saturate) == -greatest)
    #expect(format.encode(-0.0) == 0x8000_0000_0000_0000)
    #expect(format.encode(.nan) == 0x7FF8_0000_0000_0000)
  }

  @Test("A pair that is not normalised is summed exactly first")
  func unnormalisedPair() {
    #expect(FloatFormat.f16.round(high: 0x1p-11, low: 1) == 1)
    #expect(FloatFormat.f16.round(high: 1, low: 1) == 2)
    #expect(FloatFormat.f16.round(high: 1, low: -1).sign == .plus)
    #expect(FloatFormat.f32.round(high: 1, low: .nan).isNaN)
    #expect(FloatFormat.f32.round(high: 1, low: .infinity) == .infinity)
    #expect(FloatFormat.f32.round(high: .infinity, low: .nan) == .infinity)
  }

  @Test("binary32 with a low part agrees with integer arithmetic (seed 7)")
  func binary32AgainstIntegers() {
    var state: UInt64 = 7
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // A 53-bit integer high and a fraction low/2^10: the sum is the integer n over 1024.
      let high = Int64(state >> 11) | (1 << 52)
      let low = Int64((state >> 3) & 1023) - 511
      let isNearTie = state & 1 == 0
      let aligned = isNearTie ? high & ~((1 << 28) - 1) | (1 << 28) : high
      let total = Int128(aligned) * 1024 + Int128(low)
      let unit = Int128(1) << 39  // 29 dropped bits, times 1024
      var quotient = total / unit
      let rest = total % unit
      if rest * 2 > unit || (rest * 2 == unit && quotient % 2 == 1) { quotient += 1 }
      let expected = Double(Int64(quotient)) * 0x1p29
      let observed = FloatFormat.f32.round(high: Double(aligned), low: Double(low) / 1024)
      #expect(observed == expected, "\(aligned) + \(low)/1024")
    }
  }

  @Test("tf32 and hf32 round like a 10- and 11-bit fraction with the range of binary32")
  func nonStorageFormats() {
    #expect(FloatFormat.tf32.round(1 + 0x1p-11) == 1)
    #expect(FloatFormat.tf32.round(1 + 0x1p-11 + 0x1p-40) == 1 + 0x1p-10)
    #expect(FloatFormat.hf32.round(1 + 0x1p-11) == 1 + 0x1p-11)
    #expect(FloatFormat.hf32.round(1 + 0x1p-12) == 1)
    #expect(FloatFormat.tf32.round(0x1.ffep127) == .infinity)
    #expect(FloatFormat.tf32.round(0x1.ffdfffp127) == 0x1.ffcp127)
    #expect(FloatFormat.tf32.roundTowardZero(0x1.fffp127) == 0x1.ffcp127)
    #expect(FloatFormat.tf32.round(0x1p-136) == 0x1p-136)
    #expect(FloatFormat.tf32.round(0x1p-137) == 0)
    #expect(FloatFormat.tf32.round(.nan).isNaN)
  }
}
