/// Relative error at most 2^-100, near the zero at 1 too.
///
/// Logarithms of 0 are -∞, of negative values NaN, of ∞ ∞.
extension DoubleDouble {
  /// The natural logarithm.
  package static func log(_ x: DoubleDouble) -> DoubleDouble {
    if let special = specialLogarithm(x) { return special }
    let (mantissa, exponent) = binaryParts(x)
    return ln2.multiplied(by: exponent) + reducedLog(mantissa)
  }

  /// The logarithm to the base 2, exact for powers of two.
  package static func log2(_ x: DoubleDouble) -> DoubleDouble {
    if let special = specialLogarithm(x) { return special }
    let (mantissa, exponent) = binaryParts(x)
    return DoubleDouble(exponent) + reducedLog(mantissa) * log2e
  }

  /// The logarithm to the base 10.
  package static func log10(_ x: DoubleDouble) -> DoubleDouble {
    if let special = specialLogarithm(x) { return special }
    let (mantissa, exponent) = binaryParts(x)
    return log10Of2.multiplied(by: exponent) + reducedLog(mantissa) * log10e
  }

  /// The logarithm of 1 + x without cancellation near zero. `log1p(±0) = ±0`, `log1p(-1) = -∞`.
  package static func log1p(_ x: DoubleDouble) -> DoubleDouble {
    if x.high > -0.29 && x.high < 0.41 {
      if x.high.magnitude < 0x1p-120 { return x }
      return twiceAreaTangent(x / (2 + x))
    }
    return log(1 + x)
  }

  private static func specialLogarithm(_ x: DoubleDouble) -> DoubleDouble? {
    if x.isZero { return -infinity }
    if x.high < 0 { return .nan }
    return x.isFinite ? nil : x
  }

  /// x = mantissa · 2^exponent with the mantissa between √½ and √2, for finite positive x.
  private static func binaryParts(_ x: DoubleDouble) -> (DoubleDouble, exponent: Double) {
    var exponent = Int(x.high.exponent)
    if x.high.significand > 1.4142135623730951 { exponent += 1 }
    return (x.multiplied(byPowerOfTwo: -exponent), Double(exponent))
  }

  private static func reducedLog(_ mantissa: DoubleDouble) -> DoubleDouble {
    let offset = mantissa - 1
    return offset.isZero ? .zero : twiceAreaTangent(offset / (mantissa + 1))
  }

  /// 2·artanh(s) = log((1 + s)/(1 − s)) for |s| < 0.18, by its Maclaurin series.
  static func twiceAreaTangent(_ s: DoubleDouble) -> DoubleDouble {
    // s² < 2^-4.9: 22 terms leave less than 2^-110.
    let series = polynomial(oddReciprocals, count: 23, narrowFrom: 12, at: s * s)
    return s.multiplied(by: 2) * series
  }
}
