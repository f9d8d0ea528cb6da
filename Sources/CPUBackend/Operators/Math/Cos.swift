import Glibc

/// The cosine of each element, an angle in radians of any size; NaN at the infinities.
enum CosKernel: OperatorKernel, ElementaryFunction {
  static let name = "Cos"
  static let versions = [7, 22]

  static func apply(_ x: Double) -> Double { cos(x) }
}
