import ExtendedArithmetic
import Tensors

/// x · sigmoid(alpha · x), shared by Swish and SwiGLU.
struct SwishFunction {
  let alpha: DoubleDouble

  func callAsFunction(_ x: DoubleDouble) -> DoubleDouble {
    let t = alpha * x
    // There the sigmoid is e^t to the last bit and may be subnormal where the product is not.
    return t.high < -600 ? ExponentialTail.product(x, t) : x * DoubleDouble.sigmoid(t)
  }

  /// The absolute term in units of u_c: what rounding alpha · x does to the exponential, and what
  /// a subnormal sigmoid of a 32-bit compute type is off by.
  func absolute(_ x: DoubleDouble, type: ElementType) -> Double {
    guard x.isFinite else { return 0 }
    let t = alpha * x
    // A product with a power of two is exact.
    let rounding =
      alpha.high.significandWidth == 0 || !t.isFinite
      ? 0
      : (self(x) * t * DoubleDouble.sigmoid(-t)).high.magnitude
    return rounding + (type == .f64 ? 0 : x.high.magnitude * AbsoluteBudget.underflow)
  }

  /// Whether the formula multiplies an infinity by zero, where its limit is a number.
  func isOpen(_ x: DoubleDouble) -> Bool {
    x.isInfinite && !((alpha * x).high == .infinity)
  }
}
