/// Relative error at most 2^-100 for every finite argument, also next to multiples of π/2.
///
/// Infinities and NaN give NaN; `sin(±0) = tan(±0) = ±0`.
extension DoubleDouble {
  package static func sin(_ x: DoubleDouble) -> DoubleDouble {
    guard x.isFinite else { return .nan }
    let angle = ReducedAngle(x.magnitude)
    let value = quarterSine(angle.rest, quadrant: angle.quadrant)
    return x.sign == .minus ? -value : value
  }

  package static func cos(_ x: DoubleDouble) -> DoubleDouble {
    guard x.isFinite else { return .nan }
    let angle = ReducedAngle(x.magnitude)
    return quarterSine(angle.rest, quadrant: angle.quadrant + 1)
  }

  package static func tan(_ x: DoubleDouble) -> DoubleDouble {
    guard x.isFinite else { return .nan }
    let angle = ReducedAngle(x.magnitude)
    let (sine, cosine) = (reducedSin(angle.rest), reducedCos(angle.rest))
    let value = angle.quadrant % 2 == 0 ? sine / cosine : -cosine / sine
    return x.sign == .minus ? -value : value
  }

  /// sin(r + quadrant·π/2).
  private static func quarterSine(_ r: DoubleDouble, quadrant: Int) -> DoubleDouble {
    switch quadrant % 4 {
    case 0: return reducedSin(r)
    case 1: return reducedCos(r)
    case 2: return -reducedSin(r)
    default: return -reducedCos(r)
    }
  }

  private static func reducedSin(_ r: DoubleDouble) -> DoubleDouble {
    if r.high.magnitude < 0x1p-60 { return r - r * r * r / 6 }
    return r * polynomial(sineCoefficients, count: 15, narrowFrom: 8, at: r * r)
  }

  private static func reducedCos(_ r: DoubleDouble) -> DoubleDouble {
    polynomial(cosineCoefficients, count: 16, narrowFrom: 9, at: r * r)
  }

  /// (-1)^n/(2n + 1)!: 15 terms leave less than 2^-113 of the sine for |r| ≤ π/4.
  private static let sineCoefficients = alternating(
    (0..<15).map { inverseFactorials[2 * $0 + 1] })

  /// (-1)^n/(2n)!
  private static let cosineCoefficients = alternating(
    (0..<16).map { inverseFactorials[2 * $0] })
}
