import Glibc

/// The exponential linear unit: alpha · (exp(x) - 1) below zero, x from there on.
struct EluKernel: OperatorKernel, ParametricFunction {
  static let name = "Elu"
  static let versions = [6, 22]

  private let alpha: Double

  init(_ attributes: Attributes) throws(KernelError) {
    alpha = Double(try attributes.float("alpha", default: 1))
  }

  func apply(_ x: Double) -> Double { x < 0 ? alpha * expm1(x) : x }
}
