import Glibc

/// The sine of each element, an angle in radians of any size; NaN at the infinities.
enum SinKernel: OperatorKernel, ElementaryFunction {
  static let name = "Sin"
  static let versions = [7, 22]

  static func apply(_ x: Double) -> Double { sin(x) }
}
