import Glibc

/// The arc sine of each element, in radians; NaN outside of [-1, 1].
enum AsinKernel: OperatorKernel, ElementaryFunction {
  static let name = "Asin"
  static let versions = [7, 22]

  static func apply(_ x: Double) -> Double { asin(x) }
}
