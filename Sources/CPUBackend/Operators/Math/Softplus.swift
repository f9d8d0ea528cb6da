import Glibc

/// The logarithm of one plus the exponential of each element.
enum SoftplusKernel: OperatorKernel, ElementaryFunction {
  static let name = "Softplus"
  static let versions = [1, 22]

  // log(1 + eˣ) without the overflow of eˣ, and without 1 + eˣ where that is 1.
  static func apply(_ x: Double) -> Double { (x < 0 ? 0 : x) + log1p(exp(-abs(x))) }
}
