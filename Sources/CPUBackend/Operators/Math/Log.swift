import Glibc

/// The natural logarithm of each element; -Inf at zero of either sign, NaN below.
enum LogKernel: OperatorKernel, ElementaryFunction {
  static let name = "Log"
  static let versions = [6, 13]

  static func apply(_ x: Double) -> Double { log(x) }
}
