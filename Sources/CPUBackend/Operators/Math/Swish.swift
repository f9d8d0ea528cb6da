/// Each element times the logistic function of its multiple: x · sigmoid(alpha · x).
struct SwishKernel: OperatorKernel, ParametricFunction {
  static let name = "Swish"
  static let versions = [24]

  private let alpha: Double

  init(_ attributes: Attributes) throws(KernelError) {
    alpha = Double(try attributes.float("alpha", default: 1))
  }

  func apply(_ x: Double) -> Double { x * SigmoidKernel.apply(alpha * x) }
}
