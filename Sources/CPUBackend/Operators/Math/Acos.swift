import Glibc

/// The arc cosine of each element, in radians; NaN outside of [-1, 1].
enum AcosKernel: OperatorKernel, ElementaryFunction {
  static let name = "Acos"
  static let versions = [7, 22]

  static func apply(_ x: Double) -> Double { acos(x) }
}
