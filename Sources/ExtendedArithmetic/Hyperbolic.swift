/// Relative error at most 2^-100 while the low part of the result is normal.
extension DoubleDouble {
  /// The hyperbolic sine; odd, ±∞ at ±∞ and on overflow.
  package static func sinh(_ x: DoubleDouble) -> DoubleDouble {
    guard x.isFinite else { return x }
    let size = x.magnitude
    let value: DoubleDouble
    if size.high < 0x1p-120 {
      value = size
    } else if size.high > 40 {
      value = halfExp(size)
    } else {
      let grown = expm1(size)
      value = (grown + grown / (grown + 1)).multiplied(by: 0.5)
    }
    return x.sign == .minus ? -value : value
  }

  /// The hyperbolic cosine; even, ∞ at ±∞ and on overflow.
  package static func cosh(_ x: DoubleDouble) -> DoubleDouble {
    guard x.isFinite else { return x.magnitude }
    let size = x.magnitude
    if size.high > 40 { return halfExp(size) }
    let grown = exp(size)
    return (grown + 1 / grown).multiplied(by: 0.5)
  }

  /// The hyperbolic tangent; odd, ±1 at ±∞.
  package static func tanh(_ x: DoubleDouble) -> DoubleDouble {
    if x.isNaN { return x }
    let size = x.magnitude
    let value: DoubleDouble
    if size.high < 0x1p-120 {
      value = size
    } else {
      let shrunk = expm1(size.multiplied(by: -2))
      value = -shrunk / (2 + shrunk)
    }
    return x.sign == .minus ? -value : value
  }

  /// e^x/2 for x > 40, where e^-x no longer counts; overflows only when the result does.
  private static func halfExp(_ x: DoubleDouble) -> DoubleDouble {
    let (mantissa, exponent) = scaledExp(x)
    return mantissa.multiplied(byPowerOfTwo: exponent - 1)
  }
}
