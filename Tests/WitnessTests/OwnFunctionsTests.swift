import CPUBackend
import Glibc
import Testing

@testable import Witnesses

@Suite("Own elementary functions")
struct OwnFunctionsTests {
  /// The largest error in units in the last place of `Float`, against the C library's binary64.
  private func worst(
    _ arguments: some Sequence<Float>, _ own: (Float) -> Float, _ reference: (Double) -> Double
  ) -> Double {
    arguments.reduce(0) { worst, x in
      let expected = reference(Double(x))
      let rounded = Float(expected)
      guard rounded.isNormal else { return worst }
      return max(worst, abs(Double(own(x)) - expected) / Double(rounded.ulp))
    }
  }

  private static func grid(_ low: Float, _ high: Float) -> [Float] {
    (0...20_000).map { low + (high - low) * Float($0) / 20_000 }
  }

  @Test("In binary32 the budgets of class E hold")
  func binary32() {
    // The budget and the half ulp of the final rounding.
    #expect(worst(Self.grid(-87, 88), OwnFunctions.exp, Glibc.exp) < 3.5)
    #expect(worst(Self.grid(0.01, 50), OwnFunctions.log, Glibc.log) < 3.5)
    #expect(worst(Self.grid(-100, 100), OwnFunctions.sin, Glibc.sin) < 4.5)
    #expect(worst(Self.grid(-12, 12), OwnFunctions.tanh, Glibc.tanh) < 5.5)
    #expect(worst(Self.grid(-5, 5), OwnFunctions.erf, Glibc.erf) < 5.5)
    #expect(worst(Self.grid(-80, 80), OwnFunctions.sigmoid) { 1 / (1 + Glibc.exp(-$0)) } < 5.5)
  }

  @Test("A sloppy polynomial is noticed")
  func negativeTwin() {
    #expect(worst(Self.grid(-1, 1), { 1 + $0 + $0 * $0 / 2 }, Glibc.exp) > 1000)
  }

  @Test("In binary64 they agree with the C library within the budgets")
  func binary64() {
    for step in -2000...2000 {
      let x = Double(step) * 0.0173
      #expect(abs(OwnFunctions.exp(x) - exp(x)) <= 4 * exp(x).ulp)
      #expect(abs(OwnFunctions.tanh(x) - tanh(x)) <= 6 * tanh(x).ulp)
      #expect(abs(OwnFunctions.sin(x) - sin(x)) <= 5 * sin(x).ulp)
      guard x > 0 else { continue }
      #expect(abs(OwnFunctions.log(x) - log(x)) <= 4 * log(x).ulp)
    }
  }

  @Test("Special arguments")
  func specials() {
    #expect(OwnFunctions.exp(-Float.infinity) == 0)
    #expect(OwnFunctions.exp(Float.infinity) == .infinity)
    #expect(OwnFunctions.exp(Float.nan).isNaN)
    #expect(OwnFunctions.exp(Float(-100)) == Glibc.expf(-100))
    #expect(OwnFunctions.log(Float(0)) == -.infinity)
    #expect(OwnFunctions.log(Float(-1)).isNaN)
    #expect(OwnFunctions.log(Float(1)) == 0)
    #expect(OwnFunctions.sin(Float.infinity).isNaN)
    #expect(OwnFunctions.sin(Float(-0.0)).sign == .minus)
    #expect(OwnFunctions.tanh(Float.infinity) == 1)
    #expect(OwnFunctions.erf(-Float.infinity) == -1)
  }
}
