import ExtendedArithmetic
import Testing

@Suite("Rounding to integers")
struct RoundingTests {
  @Test("The floor looks at the low part only when the high part is an integer")
  func floors() {
    #expect(DoubleDouble(high: 3, low: -0x1p-80).floor() == 2)
    #expect(DoubleDouble(high: 3, low: 0x1p-80).floor() == 3)
    #expect(DoubleDouble(-2.5).floor() == -3)
    let wide = DoubleDouble(high: 0x1p80, low: 2.75)
    #expect(wide.floor() == DoubleDouble(high: 0x1p80, low: 2))
    #expect(DoubleDouble(-0.0).floor().sign == .minus)
    #expect(DoubleDouble.infinity.floor() == .infinity)
    #expect(DoubleDouble.nan.floor().isNaN)
  }

  @Test(
    "Every rule, ties and both sides of a tie",
    arguments: [
      // high, low, even, away, up, down, toward zero
      (2.5, 0, [2, 3, 3, 2, 2]), (2.5, 0x1p-70, [3, 3, 3, 2, 2]),
      (2.5, -0x1p-70, [2, 2, 3, 2, 2]), (3.5, 0, [4, 4, 4, 3, 3]),
      (3.5, -0x1p-70, [3, 3, 4, 3, 3]), (-2.5, 0, [-2, -3, -2, -3, -2]),
      (-2.5, -0x1p-70, [-3, -3, -2, -3, -2]), (-2.5, 0x1p-70, [-2, -2, -2, -3, -2]),
      (4, 0x1p-70, [4, 4, 5, 4, 4]), (4, -0x1p-70, [4, 4, 4, 3, 3]), (7, 0, [7, 7, 7, 7, 7]),
      (0x1p53, -0.5, [0x1p53, 0x1p53, 0x1p53, 0x1p53 - 1, 0x1p53 - 1]),
    ] as [(Double, Double, [Double])])
  func rules(high: Double, low: Double, expected: [Double]) {
    let x = DoubleDouble(high: high, low: low)
    let rules: [FloatingPointRoundingRule] = [
      .toNearestOrEven, .toNearestOrAwayFromZero, .up, .down, .towardZero,
    ]
    #expect(rules.map { x.rounded($0) } == expected.map { DoubleDouble($0) })
  }

  @Test("Ties beyond 2^53 are decided by the parity of the whole integer")
  func wideTies() {
    let even = DoubleDouble(high: 0x1p60, low: 4.5)
    let odd = DoubleDouble(high: 0x1p60, low: 5.5)
    #expect(even.rounded(.toNearestOrEven) == DoubleDouble(high: 0x1p60, low: 4))
    #expect(odd.rounded(.toNearestOrEven) == DoubleDouble(high: 0x1p60, low: 6))
    #expect(even.rounded(.toNearestOrAwayFromZero) == DoubleDouble(high: 0x1p60, low: 5))
  }

  @Test("A result of zero keeps the sign of the argument; specials are unchanged")
  func zeros() {
    #expect(DoubleDouble(-0.3).rounded(.toNearestOrEven).sign == .minus)
    #expect(DoubleDouble(-0.3).rounded(.up).sign == .minus)
    #expect(DoubleDouble(0.3).rounded(.down).sign == .plus)
    #expect(DoubleDouble(-0.0).rounded(.up).sign == .minus)
    #expect(DoubleDouble.infinity.rounded(.up) == .infinity)
    #expect(DoubleDouble.nan.rounded(.up).isNaN)
  }
}
