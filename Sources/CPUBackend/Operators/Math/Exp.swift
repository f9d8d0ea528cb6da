import Glibc

/// The exponential of each element; +0 at -Inf, overflow gives +Inf.
enum ExpKernel: OperatorKernel, ElementaryFunction {
  static let name = "Exp"
  static let versions = [6, 13]

  static func apply(_ x: Double) -> Double { exp(x) }
}
