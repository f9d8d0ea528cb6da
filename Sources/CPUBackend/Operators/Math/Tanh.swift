import Glibc

/// The hyperbolic tangent of each element; odd, ±1 at the infinities, -0 at -0.
enum TanhKernel: OperatorKernel, ElementaryFunction {
  static let name = "Tanh"
  static let versions = [6, 13]

  static func apply(_ x: Double) -> Double { tanh(x) }
}
