import CPUBackend

/// Elementary functions by other algorithms than the C library's, in any compute type.
///
/// Errors are measured by the tests in units in the last place of `Float` and `Double`, and lie
/// inside of the budgets of class E: 3 for exp and log, 4 for sin, 5 for tanh, erf and sigmoid.
enum OwnFunctions {
  /// exp(x) = 2^k · 2^(j/16) · exp(r) with a table of 2^(j/16) and a Taylor polynomial for
  /// |r| ≤ ln 2 / 32 (P. T. P. Tang, 1989).
  static func exp<Number: ElementaryReal>(_ x: Number) -> Number {
    guard !x.isNaN else { return x }
    // Beyond these every type overflows or underflows.
    guard x < 1000 else { return .infinity }
    guard x > -1000 else { return 0 }
    let step = LogarithmOfTwo<Number>.sixteenth
    let count = (x * Number(16 * Double.log2OfE)).rounded()
    let rest = (x - count * step.high) - count * step.low
    let index = Int(count)
    let factor = Number(Double.exp2(Double(index & 15) / 16))
    let power = factor + factor * polynomial(rest)
    return Number(sign: .plus, exponent: Number.Exponent(index >> 4), significand: power)
  }

  /// exp(r) − 1 for small r.
  private static func polynomial<Number: ElementaryReal>(_ r: Number) -> Number {
    var sum: Number = 0
    for degree in stride(from: 9, through: 1, by: -1) { sum = (1 + sum) * r / Number(degree) }
    return sum
  }

  /// log(m·2^k) = k·ln 2 + 2·artanh((m − 1)/(m + 1)) for m between √½ and √2.
  static func log<Number: ElementaryReal>(_ x: Number) -> Number {
    guard x > 0, x.isFinite else { return x == 0 ? -.infinity : x < 0 ? .nan : x }
    var (mantissa, exponent) = (x.significand, Number(Int(x.exponent)))
    if mantissa > Number(2.0.squareRoot()) { (mantissa, exponent) = (mantissa / 2, exponent + 1) }
    let f = (mantissa - 1) / (mantissa + 1)
    let square = f * f
    var series: Number = 0
    for degree in stride(from: 23, through: 3, by: -2) {
      series = (series + 1 / Number(degree)) * square
    }
    let small = 2 * f + 2 * f * series
    let step = LogarithmOfTwo<Number>.whole
    return exponent * step.high + (exponent * step.low + small)
  }

  /// sin(x) = 2·sin(x/2)·cos(x/2).
  static func sin<Number: ElementaryReal>(_ x: Number) -> Number {
    let half = x / 2
    // Half of a subnormal number may not exist; the sine of a tiny number is the number.
    guard abs(x) > Number(0x1p-40) else { return x }
    // The rounded product of two rounded values may exceed 1 by its own rounding.
    return max(-1, min(1, 2 * (Number.sin(half) * Number.cos(half)))) + 0 * x
  }

  /// tanh(x) = t/(t + 2) with t = exp(2|x|) − 1.
  static func tanh<Number: ElementaryReal>(_ x: Number) -> Number {
    guard abs(x) < 30 else { return x.isNaN ? x : x < 0 ? -1 : 1 }
    guard x != 0 else { return x }
    let t = Number.expm1(2 * abs(x))
    let result = t / (t + 2)
    return x < 0 ? -result : result
  }

  /// 1/(1 + e^−x), of negative arguments e^x/(1 + e^x).
  static func sigmoid<Number: ElementaryReal>(_ x: Number) -> Number {
    let power = exp(-abs(x))
    return x < 0 ? power / (1 + power) : 1 / (1 + power)
  }

  /// The Maclaurin series up to ½, then 1 − erfc(x).
  static func erf<Number: ElementaryReal>(_ x: Number) -> Number {
    guard abs(x) < 0.5 else {
      let result = 1 - Number.erfc(abs(x))
      return x < 0 ? -result : x.isNaN ? x : result
    }
    let square = x * x
    var sum: Number = 0
    var (numerator, n) = (Number(1), 0)
    while n < 16 {
      let next = numerator / Number(2 * n + 1)
      sum += next
      n += 1
      numerator *= -square / Number(n)
    }
    return sum * x * Number(2 / Double.pi.squareRoot())
  }

  /// ½·x·(1 + erf(x/√2)), whose error in the lower tail is absolute.
  static func gelu<Number: ElementaryReal>(_ x: Number) -> Number {
    x * (0.5 * (1 + Number.erf(x * Number(0.5.squareRoot()))))
  }
}

/// Multiples of ln 2 in two parts, the high one with trailing zeros so that small multiples of it
/// are exact.
private enum LogarithmOfTwo<Number: ElementaryReal> {
  static var whole: (high: Number, low: Number) { split(scale: 1) }
  static var sixteenth: (high: Number, low: Number) { split(scale: 1.0 / 16) }

  private static func split(scale: Double) -> (high: Number, low: Number) {
    // ln 2 in binary64 and what is left of it.
    let (value, rest) = (0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56)
    let high = value.rounded(toBits: Number.significandBitCount / 2)
    return (Number(high * scale), Number(((value - high) + rest) * scale))
  }
}
