import ExtendedArithmetic
import Testing

/// A linear congruential sequence; the seed is part of the test.
private struct Sequence64 {
  var state: UInt64

  mutating func next(bits: Int) -> Int128 {
    var value: UInt64 = 0
    for _ in 0..<2 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      value = value << 32 | state >> 32
    }
    let magnitude = Int128(value >> UInt64(64 - bits))
    return state & 1 << 20 == 0 ? magnitude : -magnitude
  }
}

@Suite("Arithmetic")
struct ArithmeticTests {
  /// The integer a pair stands for; requires parts that are integers.
  private func integer(_ x: DoubleDouble) -> Int128 { Int128(x.high) + Int128(x.low) }

  @Test("Sums and products of integers that fit are exact (seed 3)")
  func exactIntegers() {
    var numbers = Sequence64(state: 3)
    for _ in 0..<5000 {
      let (a, b) = (numbers.next(bits: 52), numbers.next(bits: 50))
      let (wideA, wideB) = (a << 48 + numbers.next(bits: 47), b << 50 + numbers.next(bits: 49))
      #expect(integer(DoubleDouble(a) * DoubleDouble(b)) == a * b)
      #expect(integer(DoubleDouble(wideA) + DoubleDouble(wideB)) == wideA + wideB)
      #expect(integer(DoubleDouble(wideA) - DoubleDouble(wideB)) == wideA - wideB)
      if b != 0 {
        #expect(integer(DoubleDouble(a * b) / DoubleDouble(b)) == a)
      }
      #expect(integer(.sqrt(DoubleDouble(b * b))) == b.magnitude)
    }
  }

  @Test("Products and sums of two Doubles lose nothing")
  func errorFreeTransformations() {
    let square = DoubleDouble.exactProduct(1 + 0x1p-40, 1 + 0x1p-40)
    #expect(square.high == 1 + 0x1p-39)
    #expect(square.low == 0x1p-80)
    let sum = DoubleDouble.exactSum(0x1p-70, 1)
    #expect(sum.high == 1)
    #expect(sum.low == 0x1p-70)
    var dot = DoubleDouble.zero
    for (a, b) in [(1e10, 1e10), (1.0, 0x1p-30), (-1e10, 1e10)] { dot.addProduct(a, b) }
    #expect(dot == DoubleDouble(0x1p-30))
  }

  @Test("Integers convert exactly, up to 2^106 for 128 bits")
  func integers() {
    for value: Int64 in [.min, -1, 0, 1, .max, .max - 1, 1 << 53 + 1] {
      #expect(integer(DoubleDouble(value)) == Int128(value))
    }
    for value: UInt64 in [.max, .max - 1, 1 << 63] {
      #expect(integer(DoubleDouble(value)) == Int128(value))
    }
    let wide = Int128(1) << 106 - 1
    for value in [wide, -wide, wide - 12345, -(Int128(1) << 64) + 1] {
      #expect(integer(DoubleDouble(value)) == value)
    }
    #expect(DoubleDouble(Int128.max) == DoubleDouble(high: 0x1p127, low: -1))
    let tooWide = (Int128(1) << 126) + (Int128(1) << 70) + 1
    #expect(DoubleDouble(tooWide) == DoubleDouble(high: 0x1p126, low: 0x1p70))
    #expect(DoubleDouble(Int128.min) == DoubleDouble(-0x1p127))
    #expect(DoubleDouble(7) == 7)
  }

  @Test("Special values propagate as IEEE 754 says and leave no low part")
  func specialValues() {
    let (big, tail) = (DoubleDouble.infinity, DoubleDouble(high: 1, low: 0x1p-60))
    #expect(big + tail == big)
    #expect(big * tail == big)
    #expect(tail / big == 0)
    #expect(big / tail == big)
    #expect(tail / 0 == big)
    #expect(-tail / 0 == -big)
    #expect((big - big).isNaN)
    #expect((big * 0).isNaN)
    #expect((DoubleDouble.zero / 0).isNaN)
    #expect((DoubleDouble.nan + tail).isNaN)
    #expect(DoubleDouble.sqrt(-1).isNaN)
    #expect(DoubleDouble.sqrt(big) == big)
    let greatest = DoubleDouble(.greatestFiniteMagnitude)
    for value in [greatest + greatest, greatest * tail * 2, greatest * greatest, big + tail] {
      #expect(value.isInfinite)
      #expect(value.low == 0)
    }
    #expect(greatest - greatest == 0)
    #expect(greatest / greatest == 1)
    #expect((DoubleDouble.nan * tail).low == 0)
  }

  @Test("The high part of a root is its correctly rounded value, however near a tie it lies")
  func rootsNextToTies() {
    // √(1 − 2^-53) = 1 − 2^-54 − 2^-109 − …, a hair below the middle of 1 − 2^-53 and 1.
    let below = DoubleDouble.sqrt(DoubleDouble(1 - 0x1p-53))
    #expect(below.high == 1 - 0x1p-53)
    #expect(below.low > 0 && below.low < 0x1p-54)
    // The largest number is 2^1024 times that.
    let greatest = DoubleDouble.sqrt(DoubleDouble(.greatestFiniteMagnitude))
    #expect(greatest == below.multiplied(byPowerOfTwo: 512))
    // √(1 + 2^-52) = 1 + 2^-53 − 2^-107 + …, a hair below the middle of 1 and 1 + 2^-52.
    #expect(DoubleDouble.sqrt(DoubleDouble(1 + 0x1p-52)).high == 1)
    // Of a sum of two parts the root may itself be half-way: (1 + 2^-53)² = 1 + 2^-52 + 2^-106.
    let square = DoubleDouble(high: 1 + 0x1p-52, low: 0x1p-106)
    #expect(DoubleDouble.sqrt(square) == DoubleDouble(high: 1, low: 0x1p-53))
  }

  @Test("Signed zeros")
  func signedZeros() {
    let minus = DoubleDouble(-0.0)
    #expect((minus + minus).sign == .minus)
    #expect((minus + 0).sign == .plus)
    #expect((DoubleDouble(3) - 3).sign == .plus)
    #expect((minus * 3).sign == .minus)
    #expect((minus / 3).sign == .minus)
    #expect((DoubleDouble(3) / -DoubleDouble.infinity).sign == .minus)
    #expect(DoubleDouble.sqrt(minus).sign == .minus)
    #expect((-DoubleDouble.zero).sign == .minus)
    #expect(minus == .zero)
    #expect(minus.magnitude.sign == .plus)
    #expect(DoubleDouble(high: -0.0, low: -0.0).sign == .minus)
  }

  @Test("Comparison looks at the low part; NaN is unordered")
  func comparison() {
    let (below, one) = (DoubleDouble(high: 1, low: -0x1p-70), DoubleDouble.one)
    let above = DoubleDouble(high: 1, low: 0x1p-70)
    #expect(below < one && one < above && below <= above && above > below && above >= one)
    #expect(!(one < one) && one <= one)
    for other in [below, .nan, .infinity] {
      #expect(!(DoubleDouble.nan < other) && !(DoubleDouble.nan >= other))
      #expect(!(other < .nan) && !(other >= .nan) && other != .nan)
    }
    #expect(Set([one, DoubleDouble(high: 1, low: 0)]).count == 1)
    #expect(DoubleDouble(high: 0x1p-70, low: 1) == above)
  }

  @Test("Scaling by powers of two is exact, rounds once below the normal range")
  func scaling() {
    let x = DoubleDouble(high: 1.5, low: 0x1p-60)
    #expect(x.multiplied(byPowerOfTwo: 7) == DoubleDouble(high: 192, low: 0x1p-53))
    #expect(x.multiplied(byPowerOfTwo: -900).multiplied(byPowerOfTwo: 900) == x)
    #expect(x.multiplied(byPowerOfTwo: 1023).isFinite)
    #expect(x.multiplied(byPowerOfTwo: 1024) == .infinity)
    #expect((-x).multiplied(byPowerOfTwo: 1024) == -.infinity)
    // 1.5 units of the smallest subnormal is a tie; the low part pushes it up or down.
    let unit = Double.leastNonzeroMagnitude
    let tie = DoubleDouble(2.5)
    #expect(tie.multiplied(byPowerOfTwo: -1074).high == 2 * unit)
    #expect(DoubleDouble(high: 2.5, low: 0x1p-60).multiplied(byPowerOfTwo: -1074).high == 3 * unit)
    #expect(DoubleDouble(high: 3.5, low: -0x1p-60).multiplied(byPowerOfTwo: -1074).high == 3 * unit)
    // 0.4 ulp of an odd number of 2^-1020 are 1.6 units: two would be half an ulp, and the sum the
    // next even number.
    let odd = DoubleDouble(high: 1 + 0x1p-52, low: 0.4 * 0x1p-52).multiplied(byPowerOfTwo: -1020)
    #expect(odd == DoubleDouble(high: 0x1p-1020 + 4 * unit, low: unit))
    #expect(DoubleDouble(0.5).multiplied(byPowerOfTwo: -1074).high == 0)
    #expect(DoubleDouble(-0.25).multiplied(byPowerOfTwo: -2000).sign == .minus)
    #expect(DoubleDouble(unit).multiplied(byPowerOfTwo: 1074) == 1)
    #expect(DoubleDouble.infinity.multiplied(byPowerOfTwo: -3000) == .infinity)
  }
}
