/// Each element above `alpha`, zero in place of the others, NaN included.
struct ThresholdedReluKernel: OperatorKernel, ParametricFunction {
  static let name = "ThresholdedRelu"
  static let versions = [10, 22]

  private let alpha: Double

  init(_ attributes: Attributes) throws(KernelError) {
    alpha = Double(try attributes.float("alpha", default: 1))
  }

  func apply(_ x: Double) -> Double { x > alpha ? x : 0 }
}
