import ExtendedArithmetic

/// Points of the unit circle at fractions of a turn.
///
/// The argument is reduced as a fraction of integers, so that multiples of a quarter turn are exact
/// and all others are as accurate as the functions of `ExtendedArithmetic`.
struct UnitCircle {
  let cosine: DoubleDouble
  let sine: DoubleDouble

  /// The point at `numerator`/`denominator` of a turn.
  ///
  /// Requires a positive denominator below 2^60; the numerator may have any sign.
  init(_ numerator: Int, of denominator: Int) {
    let rest = numerator % denominator
    let part = rest < 0 ? rest + denominator : rest
    // The nearest quarter, and what is left as a share of a quarter in [−½, ½].
    let quarter = (8 * part + denominator) / (2 * denominator)
    let angle =
      DoubleDouble(Int128(4 * part - quarter * denominator))
      / DoubleDouble(Int128(denominator)) * .halfPi
    let (c, s) = (DoubleDouble.cos(angle), DoubleDouble.sin(angle))
    switch quarter & 3 {
    case 0: (cosine, sine) = (c, s)
    case 1: (cosine, sine) = (.zero - s, c)
    case 2: (cosine, sine) = (.zero - c, .zero - s)
    default: (cosine, sine) = (s, .zero - c)
    }
  }
}
