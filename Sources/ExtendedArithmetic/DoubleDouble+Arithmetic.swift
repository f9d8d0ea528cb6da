// Without a hardware instruction the compiler calls `fma`, `sqrt` and `floor`, which are exactly
// specified by IEEE 754; the import makes the linker look for them.
import Glibc

/// Infinities, NaN and signed zeros follow IEEE 754. Relative error bounds, u = 2^-53:
/// sum 3u², product 5u², quotient 10u², square root 4u² (Joldes, Muller, Popescu 2017).
extension DoubleDouble {
  @inlinable
  package static prefix func - (x: DoubleDouble) -> DoubleDouble {
    DoubleDouble(normalized: -x.high, x.low == 0 ? 0 : -x.low)
  }

  @inlinable
  package static func + (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    let highs = exactSum(x.high, y.high)
    let lows = exactSum(x.low, y.low)
    // Both low parts are zero for specials; the early exit keeps -0 + -0 = -0.
    if highs.low == 0 && lows.high == 0 { return highs }
    let partial = DoubleDouble(ordered: highs.high, highs.low + lows.high)
    return DoubleDouble(ordered: partial.high, partial.low + lows.low)
  }

  package static func - (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble { x + -y }

  @inlinable
  package static func * (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    let product = exactProduct(x.high, y.high)
    let cross = (x.high * y.low).addingProduct(x.low, y.high)
    guard product.high.isFinite && cross.isFinite else { return DoubleDouble(product.high) }
    return DoubleDouble(ordered: product.high, product.low + cross)
  }

  package static func / (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    let quotient = x.high / y.high
    if quotient == 0 && x.high == 0 || !x.isFinite || !y.isFinite || y.high == 0 {
      return DoubleDouble(quotient)
    }
    let (xExponent, yExponent) = (Int(x.high.exponent), Int(y.high.exponent))
    // Remainders near the ends of the range would overflow or underflow.
    if abs(xExponent) > 900 || abs(yExponent) > 900 {
      let scaled =
        x.multiplied(byPowerOfTwo: -xExponent) / y.multiplied(byPowerOfTwo: -yExponent)
      return scaled.multiplied(byPowerOfTwo: xExponent - yExponent)
    }
    var remainder = x - y.multiplied(by: quotient)
    let second = remainder.high / y.high
    remainder = remainder - y.multiplied(by: second)
    let third = remainder.high / y.high
    let leading = DoubleDouble(ordered: quotient, second)
    return DoubleDouble(ordered: leading.high, leading.low + third)
  }

  package static func += (x: inout DoubleDouble, y: DoubleDouble) { x = x + y }
  package static func -= (x: inout DoubleDouble, y: DoubleDouble) { x = x - y }
  package static func *= (x: inout DoubleDouble, y: DoubleDouble) { x = x * y }
  package static func /= (x: inout DoubleDouble, y: DoubleDouble) { x = x / y }

  /// Product with one `Double`; relative error below 2u².
  package func multiplied(by factor: Double) -> DoubleDouble {
    let product = Self.exactProduct(high, factor)
    guard product.high.isFinite else { return DoubleDouble(product.high) }
    return DoubleDouble(ordered: product.high, product.low.addingProduct(low, factor))
  }

  /// Adds a · b, the product formed without error: one step of a dot product.
  package mutating func addProduct(_ a: Double, _ b: Double) {
    self = self + Self.exactProduct(a, b)
  }

  /// The square root; -0 for -0, NaN below zero.
  package static func sqrt(_ x: DoubleDouble) -> DoubleDouble {
    let root = x.high.squareRoot()
    if x.high == 0 || !root.isFinite { return DoubleDouble(root) }
    // The square of a tiny root would lose its low part.
    if x.high < 0x1p-800 {
      return DoubleDouble.sqrt(x.multiplied(byPowerOfTwo: 400)).multiplied(byPowerOfTwo: -200)
    }
    let remainder = x - exactProduct(root, root)
    let correction = remainder.high / (2 * root)
    // The root of one `Double` is never half-way between two, but its correction may be rounded to
    // that, as for 1 - 2^-53; the high part would then be the wrong neighbour.
    let isTie = x.low == 0 && root + correction != root
    return DoubleDouble(ordered: root, isTie ? correction * (1 - 0x1p-53) : correction)
  }
}
