import Glibc

/// The inverse hyperbolic cosine of each element; NaN below 1.
enum AcoshKernel: OperatorKernel, ElementaryFunction {
  static let name = "Acosh"
  static let versions = [9, 22]

  static func apply(_ x: Double) -> Double { acosh(x) }
}
