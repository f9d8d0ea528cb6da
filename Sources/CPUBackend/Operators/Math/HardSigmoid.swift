/// A line cut to [0, 1]: max(0, min(1, alpha · x + beta)); NaN for NaN.
struct HardSigmoidKernel: OperatorKernel, ParametricFunction {
  static let name = "HardSigmoid"
  static let versions = [6, 22]

  private let alpha: Double
  private let beta: Double

  init(_ attributes: Attributes) throws(KernelError) {
    alpha = Double(try attributes.float("alpha", default: 0.2))
    beta = Double(try attributes.float("beta", default: 0.5))
  }

  func apply(_ x: Double) -> Double {
    let line = alpha * x + beta
    return line < 0 ? 0 : line > 1 ? 1 : line
  }
}
