import ExtendedArithmetic
import Testing

@Suite("Powers")
struct PowerTests {
  private static let inf = Double.infinity

  @Test(
    "Special values of IEEE 754 pow",
    arguments: [
      (.nan, 0, 1), (.nan, -0.0, 1), (1, .nan, 1), (1, inf, 1), (0, 0, 1), (inf, 0, 1),
      (-1, inf, 1), (-1, -inf, 1), (0.5, inf, 0), (-0.5, inf, 0), (0.5, -inf, inf),
      (2, inf, inf), (-2, inf, inf), (2, -inf, 0), (0, 3, 0), (-0.0, 3, -0.0), (-0.0, 2, 0),
      (0, -3, inf), (-0.0, -3, -inf), (-0.0, -2, inf), (0, 0.5, 0), (-0.0, 0.5, 0),
      (0, -0.5, inf), (0, inf, 0), (0, -inf, inf), (inf, 2, inf), (inf, -2, 0), (-inf, 3, -inf),
      (-inf, 2, inf), (-inf, -3, -0.0), (-inf, -2, 0), (-inf, 0.5, inf), (-inf, -0.5, 0),
      (-8, 3, -512), (-8, 2, 64), (-2, -1, -0.5),
    ] as [(Double, Double, Double)])
  func specials(x: Double, y: Double, expected: Double) {
    let value = DoubleDouble.pow(DoubleDouble(x), DoubleDouble(y))
    #expect(value.high == expected && value.sign == expected.sign && value.low == 0)
  }

  @Test("A negative base with a fractional exponent and NaN operands give NaN")
  func notANumber() {
    for (x, y) in [(-8, 1.0 / 3), (-1, 0.5), (-2, 1e-300), (.nan, 1), (2, .nan)] {
      #expect(DoubleDouble.pow(DoubleDouble(x), DoubleDouble(y)).isNaN)
    }
  }

  @Test("Small integer powers are exact while the result fits 106 bits")
  func exactPowers() {
    for base in 2...10 {
      var expected: Int128 = 1
      for exponent in 1...30 {
        expected *= Int128(base)
        let value = DoubleDouble.pow(DoubleDouble(base), DoubleDouble(exponent))
        #expect(Int128(value.high) + Int128(value.low) == expected, "\(base)^\(exponent)")
      }
    }
    #expect(DoubleDouble.pow(2, -60) == DoubleDouble(0x1p-60))
    #expect(DoubleDouble.pow(9, 0.5) == 3)
    #expect(DoubleDouble.pow(16, -0.5) == 0.25)
  }

  @Test("An even integer exponent beyond 2^53 is even, overflow and underflow keep the sign")
  func largeExponents() {
    #expect(DoubleDouble.pow(-1, DoubleDouble(high: 0x1p60, low: 1)) == -1)
    #expect(DoubleDouble.pow(-1, DoubleDouble(0x1p60)) == 1)
    #expect(DoubleDouble.pow(-10, 309) == -.infinity)
    #expect(DoubleDouble.pow(-10, -401).sign == .minus)
    #expect(DoubleDouble.pow(-10, -401) == 0)
    #expect(DoubleDouble.pow(2, 1e308) == .infinity)
    #expect(DoubleDouble.pow(0.5, 1e308) == 0)
    #expect(DoubleDouble.pow(0x1p-1074, -1) == .infinity)
  }
}
