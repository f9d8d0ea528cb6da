import Glibc

/// The hyperbolic sine of each element; odd, overflow gives an infinity.
enum SinhKernel: OperatorKernel, ElementaryFunction {
  static let name = "Sinh"
  static let versions = [9, 22]

  static func apply(_ x: Double) -> Double { sinh(x) }
}
