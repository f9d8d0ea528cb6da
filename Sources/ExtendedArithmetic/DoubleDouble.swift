/// The unevaluated sum of two `Double` values, about 106 bits of precision.
///
/// Invariant: `high` is `high + low` rounded to nearest, so |low| ≤ ulp(high)/2 and equal numbers
/// have equal parts. Where `high` is zero, infinite or NaN, `low` is zero. The exponent range is
/// that of `Double`: below about 2^-968 the low part becomes subnormal and precision fades.
///
/// Only +, −, ×, ÷, square root and fused multiply-add of IEEE 754 are used, all correctly
/// rounded, and no function of a mathematics library: results have the same bits on every machine.
///
/// Sources: T. J. Dekker, *A floating-point technique for extending the available precision*
/// (1971); D. E. Knuth, *The Art of Computer Programming* 2, §4.2.2; Y. Hida, X. S. Li,
/// D. H. Bailey, *Library for double-double and quad-double arithmetic* (2007); M. Joldes,
/// J.-M. Muller, V. Popescu, *Tight and rigorous error bounds* (2017).
package struct DoubleDouble: Hashable, Sendable {
  package let high: Double
  package let low: Double

  /// The exact value of one `Double`.
  @inlinable
  @inline(__always)
  package init(_ value: Double) {
    high = value
    low = 0
  }

  /// The sum of any two values, exactly unless it leaves the range of `Double`.
  package init(high: Double, low: Double) {
    self = Self.exactSum(high, low)
  }

  /// Parts that already satisfy the invariant.
  @inlinable
  @inline(__always)
  init(normalized high: Double, _ low: Double) {
    self.high = high
    self.low = low
  }

  /// Parts with |low| ≤ |high| whose sum may need renormalising.
  ///
  /// A zero low part leaves the sign of a zero alone; a sum that is not finite loses its low part.
  @inlinable
  @inline(__always)
  init(ordered high: Double, _ low: Double) {
    let sum = high + low
    let rest = low - (sum - high)
    self.high = low == 0 ? high : sum
    self.low = rest.isFinite ? rest : 0
  }
}

extension DoubleDouble {
  package static let zero = DoubleDouble(0)
  package static let one = DoubleDouble(1)
  package static let nan = DoubleDouble(.nan)
  package static let infinity = DoubleDouble(.infinity)

  package var isNaN: Bool { high.isNaN }
  package var isInfinite: Bool { high.isInfinite }
  package var isFinite: Bool { high.isFinite }
  package var isZero: Bool { high == 0 }
  /// Sign of the value, also of a zero.
  package var sign: FloatingPointSign { high.sign }
  package var magnitude: DoubleDouble { high.sign == .minus ? -self : self }

  /// a + b without error (Knuth's TwoSum), unless the sum overflows.
  @inlinable
  @inline(__always)
  package static func exactSum(_ a: Double, _ b: Double) -> DoubleDouble {
    let sum = a + b
    let part = sum - a
    let rest = (a - (sum - part)) + (b - part)
    return DoubleDouble(normalized: sum, rest.isFinite ? rest : 0)
  }

  /// a · b without error, unless the product overflows or its low part underflows.
  @inlinable
  @inline(__always)
  package static func exactProduct(_ a: Double, _ b: Double) -> DoubleDouble {
    let product = a * b
    let rest = (-product).addingProduct(a, b)
    return DoubleDouble(normalized: product, rest.isFinite ? rest : 0)
  }
}

// MARK: - Integers and literals

extension DoubleDouble: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  package init(floatLiteral value: Double) { self.init(value) }
  package init(integerLiteral value: Int64) { self.init(value) }

  /// The exact value of a 64-bit integer.
  package init(_ value: Int64) {
    let upper = Double(value >> 32) * 0x1p32
    self = Self.exactSum(upper, Double(value & 0xFFFF_FFFF))
  }

  /// The exact value of a 64-bit integer.
  package init(_ value: UInt64) {
    let upper = Double(value >> 32) * 0x1p32
    self = Self.exactSum(upper, Double(value & 0xFFFF_FFFF))
  }

  /// The value of a 128-bit integer, exact up to 2^106 in magnitude, else with relative error
  /// below 2^-105.
  package init(_ value: Int128) {
    let upper = DoubleDouble(Int64(value >> 64))
    let lower = DoubleDouble(UInt64(truncatingIfNeeded: value))
    self = upper.multiplied(byPowerOfTwo: 64) + lower
  }

  package init(_ value: Int) { self.init(Int64(value)) }
}
