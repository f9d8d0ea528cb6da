/// Relative error at most 2^-100 where the result is normal and its low part is not subnormal
/// (above about 1e-290); subnormal results are rounded once to `Double`.
extension DoubleDouble {
  /// e^x. `exp(±0) = 1`, `exp(-∞) = 0`, `exp(∞) = ∞`; overflow gives ∞, underflow 0.
  package static func exp(_ x: DoubleDouble) -> DoubleDouble {
    guard x.isFinite else { return x.high == -.infinity ? .zero : x }
    let (mantissa, exponent) = scaledExp(x)
    return mantissa.multiplied(byPowerOfTwo: exponent)
  }

  /// 2^x, exact for integers. Special values as `exp`.
  package static func exp2(_ x: DoubleDouble) -> DoubleDouble {
    guard x.isFinite else { return x.high == -.infinity ? .zero : x }
    if x.high > 1100 { return .infinity }
    if x.high < -1200 { return .zero }
    let whole = x.high.rounded(.toNearestOrEven)
    let fraction = (x - DoubleDouble(whole)) * ln2
    return (1 + reducedExpm1(fraction)).multiplied(byPowerOfTwo: Int(whole))
  }

  /// e^x − 1 without cancellation near zero. `expm1(±0) = ±0`, `expm1(-∞) = -1`.
  package static func expm1(_ x: DoubleDouble) -> DoubleDouble {
    guard x.isFinite else { return x.high == -.infinity ? -1 : x }
    if x.high.magnitude <= 0.34 { return reducedExpm1(x) }
    // e^-80 is below 2^-115: -1 is exact to the last bit of the low part.
    return x.high < -80 ? DoubleDouble(ordered: -1, exp(x).high) : exp(x) - 1
  }

  /// e^x as mantissa · 2^exponent with the mantissa in [0.7, 1.42], for finite x.
  ///
  /// Arguments beyond ±1500 are cut there; every scaling of the result then over- or underflows.
  static func scaledExp(_ x: DoubleDouble) -> (mantissa: DoubleDouble, exponent: Int) {
    if x.high.magnitude > 1500 { return (1, x.high > 0 ? 2200 : -2200) }
    let count = (x.high * log2e.high).rounded(.toNearestOrEven)
    // The first two products are exact and the first difference cancels without error.
    let (first, second, third) = ln2Parts
    var rest = exactSum(x.high - count * first, x.low)
    rest -= DoubleDouble(count * second)
    rest -= exactProduct(count, third)
    return (1 + reducedExpm1(rest), Int(count))
  }

  /// e^r − 1 for |r| ≤ 0.36: Taylor series of r/16, then four times (1 + s)² − 1 = 2s + s².
  private static func reducedExpm1(_ r: DoubleDouble) -> DoubleDouble {
    if r.high.magnitude < 0x1p-120 { return r }
    let part = r.multiplied(by: 0x1p-4)
    // e^p − 1 = p + p²·(1/2! + p/3! + …); p < 2^-5.4, so 14 terms leave less than 2^-116.
    let series = polynomial(shiftedInverseFactorials, count: 13, narrowFrom: 7, at: part)
    var sum = part + part * part * series
    for _ in 0..<4 { sum = sum.multiplied(by: 2) + sum * sum }
    return sum
  }

  /// 1/n! from n = 2 on.
  private static let shiftedInverseFactorials = Array(inverseFactorials.dropFirst(2))
}
