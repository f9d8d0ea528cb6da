import Glibc

/// The tangent of each element, an angle in radians of any size; NaN at the infinities.
enum TanKernel: OperatorKernel, ElementaryFunction {
  static let name = "Tan"
  static let versions = [7, 22]

  static func apply(_ x: Double) -> Double { tan(x) }
}
