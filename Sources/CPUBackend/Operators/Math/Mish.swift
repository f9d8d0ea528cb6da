import Glibc

/// Each element times the hyperbolic tangent of its softplus.
enum MishKernel: OperatorKernel, ElementaryFunction {
  static let name = "Mish"
  static let versions = [18, 22]

  // With n = eˣ the tangent is (n² + 2n)/(n² + 2n + 2), without cancellation; from 20 on it is 1.
  static func apply(_ x: Double) -> Double {
    if x > 20 { return x }
    let power = exp(x)
    let part = power * (power + 2)
    return x * (part / (part + 2))
  }
}
