extension DoubleDouble {
  /// x raised to y with the special values of IEEE 754-2019 `pow`.
  ///
  /// - `pow(x, ±0) = 1` and `pow(1, y) = 1` for any x and y, NaN included
  /// - `pow(x, y)` is NaN for finite x < 0 and y that is not an integer
  /// - zeros and infinities: the limit, negative for an odd integer y and a negative x
  /// - |x| < 1 against ±∞: 0 and ∞; |x| > 1: ∞ and 0; `pow(-1, ±∞) = 1`
  ///
  /// Integer exponents up to 64 in magnitude multiply repeatedly: exact where the result and every
  /// power on the way fit 106 bits, else with relative error at most 2^-97. y = ±1/2 takes the
  /// square root. Otherwise the relative error is at most |y·log x|·2^-102 + 2^-100, which is
  /// below 2^-92.
  package static func pow(_ x: DoubleDouble, _ y: DoubleDouble) -> DoubleDouble {
    if y.isZero || x == 1 { return 1 }
    if x.isNaN || y.isNaN { return .nan }
    let isOdd = isOddInteger(y)
    let isNegative = x.sign == .minus && isOdd
    if x.isZero || x.isInfinite {
      let grows = x.isZero == (y.high < 0)
      let size = grows ? Double.infinity : 0
      return DoubleDouble(isNegative ? -size : size)
    }
    let size = x.magnitude
    if y.isInfinite {
      if size == 1 { return 1 }
      return (size > 1) == (y.high > 0) ? .infinity : .zero
    }
    if x.sign == .minus && y.floor() != y { return .nan }
    let value = positivePower(size, y)
    return isNegative ? -value : value
  }

  private static func isOddInteger(_ y: DoubleDouble) -> Bool {
    guard y.isFinite, y.floor() == y else { return false }
    let half = y.multiplied(byPowerOfTwo: -1)
    return half.floor() != half
  }

  private static func positivePower(_ x: DoubleDouble, _ y: DoubleDouble) -> DoubleDouble {
    if y.low == 0 {
      if y.high == 0.5 { return sqrt(x) }
      if y.high == -0.5 { return 1 / sqrt(x) }
      if y.high.magnitude <= 64 && y.high == y.high.rounded() {
        return integerPower(x, Int(y.high))
      }
    }
    return exp(y * log(x))
  }

  /// x^n for x > 0 and |n| ≤ 64; the mantissa stays in [1, 2)^64, so nothing overflows early.
  private static func integerPower(_ x: DoubleDouble, _ n: Int) -> DoubleDouble {
    let exponent = Int(x.high.exponent)
    var square = x.multiplied(byPowerOfTwo: -exponent)
    var product = DoubleDouble.one
    var rest = n.magnitude
    while rest > 0 {
      if rest & 1 == 1 { product *= square }
      rest >>= 1
      if rest > 0 { square *= square }
    }
    let mantissa = n < 0 ? 1 / product : product
    return mantissa.multiplied(byPowerOfTwo: exponent * n)
  }
}
