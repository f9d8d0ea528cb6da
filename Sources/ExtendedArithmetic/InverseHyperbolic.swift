/// Relative error at most 2^-100. Arguments outside the domain give NaN.
extension DoubleDouble {
  /// The inverse hyperbolic sine; odd, ±∞ at ±∞.
  package static func asinh(_ x: DoubleDouble) -> DoubleDouble {
    guard x.isFinite else { return x }
    let size = x.magnitude
    let value: DoubleDouble
    if size.high < 0x1p-120 {
      value = size
    } else if size.high > 0x1p60 {
      // The next term of the expansion, 1/(4x²), is below 2^-121.
      value = log(size) + ln2
    } else {
      let square = size * size
      value = log1p(size + square / (1 + sqrt(1 + square)))
    }
    return x.sign == .minus ? -value : value
  }

  /// The inverse hyperbolic cosine; 0 at 1, ∞ at ∞, NaN below 1.
  package static func acosh(_ x: DoubleDouble) -> DoubleDouble {
    guard x >= 1 else { return .nan }
    if x.high > 0x1p60 { return log(x) + ln2 }
    let excess = x - 1
    return excess.isZero ? .zero : log1p(excess + sqrt(excess * (excess + 2)))
  }

  /// The inverse hyperbolic tangent; odd, ±∞ at ±1, NaN beyond.
  package static func atanh(_ x: DoubleDouble) -> DoubleDouble {
    let size = x.magnitude
    guard size <= 1 else { return .nan }
    let value: DoubleDouble
    if size.high < 0x1p-120 {
      value = size
    } else if size.high < 0.17 {
      value = twiceAreaTangent(size).multiplied(by: 0.5)
    } else {
      value = log((1 + size) / (1 - size)).multiplied(by: 0.5)
    }
    return x.sign == .minus ? -value : value
  }
}
