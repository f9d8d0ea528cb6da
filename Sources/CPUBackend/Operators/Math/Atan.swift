import Glibc

/// The arc tangent of each element, in radians; ±π/2 at the infinities.
enum AtanKernel: OperatorKernel, ElementaryFunction {
  static let name = "Atan"
  static let versions = [7, 22]

  static func apply(_ x: Double) -> Double { atan(x) }
}
