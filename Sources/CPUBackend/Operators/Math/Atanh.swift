import Glibc

/// The inverse hyperbolic tangent of each element; infinite at ±1, NaN beyond.
enum AtanhKernel: OperatorKernel, ElementaryFunction {
  static let name = "Atanh"
  static let versions = [9, 22]

  static func apply(_ x: Double) -> Double { atanh(x) }
}
