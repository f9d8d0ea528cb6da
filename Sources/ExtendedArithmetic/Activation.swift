/// Functions of neural networks whose textbook formulas cancel, overflow or underflow.
extension DoubleDouble {
  /// 1/(1 + e^-x); 0 at -∞, 1 at ∞. Relative error at most 2^-100.
  package static func sigmoid(_ x: DoubleDouble) -> DoubleDouble {
    if x.isNaN { return x }
    if x.high >= 0 { return 1 / (1 + exp(-x)) }
    let small = exp(x)
    // Below 2^-120 the denominator is 1; the division could only harm a subnormal.
    return small.high < 0x1p-120 ? small : small / (1 + small)
  }

  /// log(1 + e^x); 0 at -∞, ∞ at ∞. Relative error at most 2^-100.
  package static func softplus(_ x: DoubleDouble) -> DoubleDouble {
    if x.isNaN { return x }
    return x.high > 0 ? x + log1p(exp(-x)) : log1p(exp(x))
  }

  /// x/2 · erfc(-x/√2) = x·Φ(x); -0 at -∞ and ∞ at ∞, ±0 at ±0.
  ///
  /// Relative error at most 2^-92 down to the underflow near x = -38.6.
  package static func gelu(_ x: DoubleDouble) -> DoubleDouble {
    if x.isNaN || x.high == .infinity { return x }
    if x.high == -.infinity { return DoubleDouble(-0.0) }
    if x.high > 1 { return x.multiplied(by: 0.5) * erfc(-(x * rootHalf)) }
    let argument = -(x * rootHalf)
    if argument.high < 0.5 { return (x * erfc(argument)).multiplied(byPowerOfTwo: -1) }
    let (mantissa, exponent) = scaledErfc(argument)
    if mantissa.isZero { return DoubleDouble(-0.0) }
    return (x * mantissa).multiplied(byPowerOfTwo: exponent - 1)
  }
}
