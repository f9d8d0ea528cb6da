import Glibc

/// The logistic function of each element: y = 1 / (1 + exp(-x)), +0 at -Inf, 1 at +Inf.
enum SigmoidKernel: OperatorKernel, ElementaryFunction {
  static let name = "Sigmoid"
  static let versions = [6, 13]

  static func apply(_ x: Double) -> Double {
    // Below zero exp(-x) overflows long before the result underflows.
    guard x < 0 else { return 1 / (1 + exp(-x)) }
    let power = exp(x)
    return power / (1 + power)
  }
}
