import Glibc
import Tensors

/// The Gaussian error linear unit: y = x · Φ(x) with Φ the standard normal distribution.
///
///     none:  y = ½ · x · (1 + erf(x / √2))
///     tanh:  y = ½ · x · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))
enum GeluKernel: OperatorKernel {
  static let name = "Gelu"
  static let versions = [20]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try usesTanh(declaration.attributes)
  }

  private static func usesTanh(_ attributes: Attributes) throws(KernelError) -> Bool {
    try attributes.choice("approximate", of: ["none", "tanh"], default: "none") == "tanh"
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    return [
      .tensor(
        try usesTanh(call.attributes) ? try Approximate.tensor(x) : try Exact.tensor(x))
    ]
  }

  private enum Exact: ElementaryFunction {
    // erfc keeps the digits that 1 + erf loses for negative arguments.
    static func apply(_ x: Double) -> Double { 0.5 * x * erfc(-x * 0.5.squareRoot()) }
  }

  private enum Approximate: ElementaryFunction {
    // ½ · (1 + tanh u) is the logistic function of 2u, which keeps the digits of the tail.
    static func apply(_ x: Double) -> Double {
      let u = (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)
      return x * SigmoidKernel.apply(2 * u)
    }
  }
}
