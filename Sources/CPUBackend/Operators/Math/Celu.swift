import Glibc

/// The continuously differentiable exponential linear unit:
/// max(0, x) + min(0, alpha · (exp(x / alpha) - 1)), by the formula for a negative `alpha` too.
struct CeluKernel: OperatorKernel, ParametricFunction {
  static let name = "Celu"
  static let versions = [12, 28]

  private let alpha: Double

  init(_ attributes: Attributes) throws(KernelError) {
    alpha = Double(try attributes.float("alpha", default: 1))
  }

  func apply(_ x: Double) -> Double {
    if x.isNaN { return x }
    // Above zero with a positive alpha the exponential may overflow, but not count.
    return max(0, x) + min(0, alpha * expm1(x / alpha))
  }
}
