/// Relative error of `erf` at most 2^-100, of `erfc` at most 2^-94: in the tail the error of x²
/// is amplified. A subnormal result is rounded once to `Double`.
extension DoubleDouble {
  /// 2/√π · ∫₀ˣ e^(-t²) dt; odd, ±1 at ±∞.
  package static func erf(_ x: DoubleDouble) -> DoubleDouble {
    if x.isNaN { return x }
    let size = x.magnitude
    let value = size.high <= 1 ? smallErf(size) : 1 - erfc(size)
    return x.sign == .minus ? -value : value
  }

  /// 1 − erf(x) without cancellation; 0 at ∞, 2 at -∞.
  package static func erfc(_ x: DoubleDouble) -> DoubleDouble {
    if x.isNaN { return x }
    if x.high < 0.5 { return 1 - erf(x) }
    let (mantissa, exponent) = scaledErfc(x)
    return mantissa.multiplied(byPowerOfTwo: exponent)
  }

  /// erfc(x) as mantissa · 2^exponent for x ≥ 1/2.
  static func scaledErfc(_ x: DoubleDouble) -> (mantissa: DoubleDouble, exponent: Int) {
    // erfc(28) is below 2^-1135.
    if x.high > 28 { return (0, 0) }
    let t = (1 / (x + 4) - erfcxCentre) * erfcxInverseRadius
    let scaled = chebyshevSeries(erfcxCoefficients, at: t) / (1 + x.multiplied(by: 2))
    let (mantissa, exponent) = scaledExp(-(x * x))
    return (mantissa * scaled, exponent)
  }

  /// Maclaurin series for 0 ≤ x ≤ 1; 30 terms leave less than 2^-112.
  private static func smallErf(_ x: DoubleDouble) -> DoubleDouble {
    // Only the first term is left of the series where x² would underflow.
    if x.high < 0x1p-500 { return x.multiplied(roundingOnceBy: twoOverRootPi) }
    return x * twoOverRootPi * polynomial(erfCoefficients, count: 30, narrowFrom: 18, at: x * x)
  }
}
