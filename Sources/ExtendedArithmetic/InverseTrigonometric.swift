/// Relative error at most 2^-100. Arguments outside the domain give NaN.
extension DoubleDouble {
  /// The arc tangent; ±π/2 at ±∞, ±0 at ±0.
  package static func atan(_ x: DoubleDouble) -> DoubleDouble {
    if x.isNaN { return x }
    let size = x.magnitude
    let value: DoubleDouble
    if size.isInfinite {
      value = halfPi
    } else if size > 1 {
      value = halfPi - unitAtan(1 / size)
    } else {
      value = unitAtan(size)
    }
    return x.sign == .minus ? -value : value
  }

  /// The arc sine, ±0 at ±0.
  package static func asin(_ x: DoubleDouble) -> DoubleDouble {
    let size = x.magnitude
    guard size <= 1 else { return .nan }
    let value = size.high <= 0.5 ? smallAsin(size) : halfPi - complementaryAsin(size)
    return x.sign == .minus ? -value : value
  }

  /// The arc cosine, 0 at 1 and π at -1.
  package static func acos(_ x: DoubleDouble) -> DoubleDouble {
    let size = x.magnitude
    guard size <= 1 else { return .nan }
    if size.high <= 0.5 { return halfPi - (x.sign == .minus ? -smallAsin(size) : smallAsin(size)) }
    return x.sign == .minus ? pi - complementaryAsin(size) : complementaryAsin(size)
  }

  /// asin for 0 ≤ x ≤ 1/2.
  private static func smallAsin(_ x: DoubleDouble) -> DoubleDouble {
    atan(x / sqrt((1 - x) * (1 + x)))
  }

  /// π/2 − asin(x) for 1/2 < x ≤ 1, accurate at 1.
  private static func complementaryAsin(_ x: DoubleDouble) -> DoubleDouble {
    smallAsin(sqrt((1 - x).multiplied(by: 0.5))).multiplied(by: 2)
  }

  /// atan for 0 ≤ x ≤ 1: atan(c) + atan((x − c)/(1 + c·x)) with c the nearest sixteenth.
  private static func unitAtan(_ x: DoubleDouble) -> DoubleDouble {
    if x.high < 0x1p-120 { return x }
    let index = Int((x.high * 16).rounded(.toNearestOrEven))
    let centre = Double(index) * 0x1p-4
    let t = (x - DoubleDouble(centre)) / (1 + x.multiplied(by: centre))
    // |t| ≤ 2^-5: 12 terms of the series leave less than 2^-120.
    let series = polynomial(alternatingOddReciprocals, count: 12, narrowFrom: 6, at: t * t)
    return index == 0 ? t * series : arctangents[index] + t * series
  }

  private static let alternatingOddReciprocals = alternating(oddReciprocals)
}
