import NumericFormats

/// The spacing of a float format as a function of magnitude, without the rest of the format.
///
/// Two words that live in registers: the loop over elements asks for several of them each time.
struct UlpScale: Hashable, Sendable {
  let precision: Int
  let minExponent: Int

  init(precision: Int, minExponent: Int) {
    (self.precision, self.minExponent) = (precision, minExponent)
  }

  init(_ format: FloatFormat) {
    self.init(precision: format.precision, minExponent: format.minExponent)
  }

  /// Half the spacing at 1.
  var unitRoundoff: Double { powerOfTwo(-precision) }

  /// `2^(max(⌊log2|x|⌋, emin) − p + 1)` for a finite x (numerics §1); the upper unit at powers of
  /// two, constant below the smallest normal. Infinity and NaN give a meaningless large value.
  @inline(__always)
  func ulp(of x: Double) -> Double {
    let exponent = max(Int((x.bitPattern >> 52) & 0x7FF) &- 1023, minExponent) &- precision &+ 1
    // Only binary64's own subnormal range has an ulp that is itself subnormal.
    if exponent >= -1022 { return Double(bitPattern: UInt64(exponent &+ 1023) << 52) }
    return exponent >= -1074 ? Double(bitPattern: 1 << UInt64(exponent &+ 1074)) : 0
  }
}

/// At least the next larger binary64 of a non-negative normal value: one step is enough to round an
/// operation's result up (numerics §2.5).
///
/// Without a branch, as it runs several times per element: `x·2^-52` is at least one ulp of x.
/// Zero and infinity stay. Subnormal values stay too: binary64 sums of that size are exact.
@inline(__always)
func roundedUp(_ x: Double) -> Double { x * (1 + 0x1p-52) }

/// The exact sum of two values as high + low (Knuth's TwoSum; no overflow).
@inline(__always)
func twoSum(_ a: Double, _ b: Double) -> (high: Double, low: Double) {
  let sum = a + b
  let part = sum - a
  return (sum, (a - (sum - part)) + (b - part))
}
