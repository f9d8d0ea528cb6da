import Glibc

/// The hyperbolic cosine of each element; even, overflow gives +Inf.
enum CoshKernel: OperatorKernel, ElementaryFunction {
  static let name = "Cosh"
  static let versions = [9, 22]

  static func apply(_ x: Double) -> Double { cosh(x) }
}
