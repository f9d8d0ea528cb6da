import Glibc

/// The inverse hyperbolic sine of each element; odd, infinite at the infinities only.
enum AsinhKernel: OperatorKernel, ElementaryFunction {
  static let name = "Asinh"
  static let versions = [9, 22]

  static func apply(_ x: Double) -> Double { asinh(x) }
}
