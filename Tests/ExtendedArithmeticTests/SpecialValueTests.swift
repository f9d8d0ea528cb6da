import ExtendedArithmetic
import Testing

/// A function with its values at the special arguments.
struct SpecialCase: CustomTestStringConvertible, Sendable {
  let name: String
  let evaluate: @Sendable (DoubleDouble) -> DoubleDouble
  /// Values at -∞, -0, 0 and ∞.
  let values: [Double]
  /// Arguments outside the domain.
  let invalid: [Double]

  var testDescription: String { name }

  init(
    _ name: String, _ values: [Double], invalid: [Double] = [],
    _ evaluate: @escaping @Sendable (DoubleDouble) -> DoubleDouble
  ) {
    self.name = name
    self.values = values
    self.invalid = invalid
    self.evaluate = evaluate
  }

  private static let inf = Double.infinity
  private static let halfPi = 0x1.921fb54442d18p0
  private static let ln2 = 0x1.62e42fefa39efp-1

  static let all: [SpecialCase] = [
    SpecialCase("exp", [0, 1, 1, inf], DoubleDouble.exp),
    SpecialCase("exp2", [0, 1, 1, inf], DoubleDouble.exp2),
    SpecialCase("expm1", [-1, -0.0, 0, inf], DoubleDouble.expm1),
    SpecialCase("log", [.nan, -inf, -inf, inf], invalid: [-1, -0x1p-1074], DoubleDouble.log),
    SpecialCase("log2", [.nan, -inf, -inf, inf], invalid: [-1], DoubleDouble.log2),
    SpecialCase("log10", [.nan, -inf, -inf, inf], invalid: [-1], DoubleDouble.log10),
    SpecialCase("log1p", [.nan, -0.0, 0, inf], invalid: [-1.5], DoubleDouble.log1p),
    SpecialCase("sin", [.nan, -0.0, 0, .nan], DoubleDouble.sin),
    SpecialCase("cos", [.nan, 1, 1, .nan], DoubleDouble.cos),
    SpecialCase("tan", [.nan, -0.0, 0, .nan], DoubleDouble.tan),
    SpecialCase(
      "asin", [.nan, -0.0, 0, .nan], invalid: [0x1.0000000000001p0, -2], DoubleDouble.asin),
    SpecialCase(
      "acos", [.nan, halfPi, halfPi, .nan], invalid: [0x1.0000000000001p0, -2], DoubleDouble.acos),
    SpecialCase("atan", [-halfPi, -0.0, 0, halfPi], DoubleDouble.atan),
    SpecialCase("sinh", [-inf, -0.0, 0, inf], DoubleDouble.sinh),
    SpecialCase("cosh", [inf, 1, 1, inf], DoubleDouble.cosh),
    SpecialCase("tanh", [-1, -0.0, 0, 1], DoubleDouble.tanh),
    SpecialCase("asinh", [-inf, -0.0, 0, inf], DoubleDouble.asinh),
    SpecialCase(
      "acosh", [.nan, .nan, .nan, inf], invalid: [0x1.fffffffffffffp-1], DoubleDouble.acosh),
    SpecialCase(
      "atanh", [.nan, -0.0, 0, .nan], invalid: [0x1.0000000000001p0], DoubleDouble.atanh),
    SpecialCase("sigmoid", [0, 0.5, 0.5, 1], DoubleDouble.sigmoid),
    SpecialCase("softplus", [0, ln2, ln2, inf], DoubleDouble.softplus),
    SpecialCase("erf", [-1, -0.0, 0, 1], DoubleDouble.erf),
    SpecialCase("erfc", [2, 1, 1, 0], DoubleDouble.erfc),
    SpecialCase("gelu", [-0.0, -0.0, 0, inf], DoubleDouble.gelu),
    SpecialCase("sqrt", [.nan, -0.0, 0, inf], invalid: [-1], DoubleDouble.sqrt),
  ]
}

@Suite("Special values of the functions")
struct SpecialValueTests {
  private func isSame(_ observed: DoubleDouble, _ expected: Double) -> Bool {
    if expected.isNaN { return observed.isNaN && observed.low == 0 }
    return observed.high == expected && observed.sign == expected.sign
  }

  @Test("Infinities, zeros and NaN", arguments: SpecialCase.all)
  func specials(_ function: SpecialCase) {
    for (x, expected) in zip([-.infinity, -0.0, 0, .infinity], function.values) {
      let observed = function.evaluate(DoubleDouble(x))
      #expect(isSame(observed, expected), "\(function.name)(\(x)) = \(observed)")
      #expect(observed.isFinite || observed.low == 0)
    }
    #expect(function.evaluate(.nan).isNaN)
    for x in function.invalid {
      #expect(function.evaluate(DoubleDouble(x)).isNaN, "\(function.name)(\(x))")
    }
  }

  @Test("Poles and exact values")
  func exactValues() {
    #expect(DoubleDouble.atanh(1) == .infinity)
    #expect(DoubleDouble.atanh(-1) == -.infinity)
    #expect(DoubleDouble.log1p(-1) == -.infinity)
    #expect(DoubleDouble.log(1) == 0)
    #expect(DoubleDouble.acosh(1) == 0)
    #expect(DoubleDouble.acos(1) == 0)
    #expect(DoubleDouble.acos(-1) == .pi)
    #expect(DoubleDouble.asin(1) == .halfPi)
    for exponent in [-1074, -1000, -1, 0, 1, 10, 1023] {
      let power = DoubleDouble.one.multiplied(byPowerOfTwo: exponent)
      #expect(DoubleDouble.exp2(DoubleDouble(exponent)) == power)
      #expect(DoubleDouble.log2(power) == DoubleDouble(exponent))
    }
  }

  @Test("Overflow gives infinity, underflow a zero, both exactly at the border")
  func rangeLimits() {
    #expect(DoubleDouble.exp(709.782712893384) < .infinity)
    #expect(DoubleDouble.exp(709.7827128933841) == .infinity)
    #expect(DoubleDouble.exp(-745.1332191019411).high == .leastNonzeroMagnitude)
    #expect(DoubleDouble.exp(-745.1332191019412) == 0)
    #expect(DoubleDouble.exp(1e308) == .infinity)
    #expect(DoubleDouble.exp(-1e308) == 0)
    #expect(DoubleDouble.exp2(1024) == .infinity)
    #expect(DoubleDouble.exp2(-1076) == 0)
    #expect(DoubleDouble.sinh(710.5) == .infinity)
    #expect(DoubleDouble.sinh(-710.5) == -.infinity)
    #expect(DoubleDouble.erfc(27.3) == 0)
    #expect(DoubleDouble.tanh(1e308) == 1)
    #expect(DoubleDouble.gelu(1.7e308).high == 1.7e308)
    #expect(DoubleDouble.softplus(1e308).high == 1e308)
  }

  @Test("Subnormal results are rounded once (mpmath 1.3 at 300 bits, to the nearest subnormal)")
  func subnormalResults() {
    // The bits of a subnormal number are its significand.
    let results: [(UInt64, UInt64)] = [
      (0x8_0000_0000_0000, 0x9_06eb_a821_4db7), (0x2_468a_cf13_579c, 0x2_9154_1911_6ffd), (3, 3),
    ]
    for (x, y) in results {
      #expect(DoubleDouble.erf(DoubleDouble(Double(bitPattern: x))).high.bitPattern == y)
    }
    #expect(DoubleDouble.erf(0x1.9p-1022).high == 0x1.c35a06d6812dap-1022)
  }

  @Test("Odd and even functions are so bit for bit (seed 11)")
  func symmetry() {
    var state: UInt64 = 11
    for _ in 0..<200 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let x = DoubleDouble(high: Double(state >> 11) * 0x1p-53, low: Double(state >> 50) * 0x1p-80)
      for f in [
        DoubleDouble.sin, DoubleDouble.tan, DoubleDouble.sinh, DoubleDouble.tanh,
        DoubleDouble.asin, DoubleDouble.atan, DoubleDouble.asinh, DoubleDouble.atanh,
        DoubleDouble.erf,
      ] {
        #expect(f(-x) == -f(x))
      }
      #expect(DoubleDouble.cos(-x) == DoubleDouble.cos(x))
      #expect(DoubleDouble.cosh(-x) == DoubleDouble.cosh(x))
    }
  }
}
