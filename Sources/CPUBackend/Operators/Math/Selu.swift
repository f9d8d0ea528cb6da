import Glibc

/// The scaled exponential linear unit: gamma · alpha · (exp(x) - 1) below zero, gamma · x from there
/// on.
struct SeluKernel: OperatorKernel, ParametricFunction {
  static let name = "Selu"
  static let versions = [6, 22]

  private let alpha: Double
  private let gamma: Double

  init(_ attributes: Attributes) throws(KernelError) {
    alpha = Double(try attributes.float("alpha", default: 1.67326319217681884765625))
    gamma = Double(try attributes.float("gamma", default: 1.05070102214813232421875))
  }

  func apply(_ x: Double) -> Double { gamma * (x < 0 ? alpha * expm1(x) : x) }
}
