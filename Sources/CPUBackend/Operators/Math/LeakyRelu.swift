/// Each element, multiplied by `alpha` where it is negative.
///
/// The product with a float32 is exact in binary64 for all types up to 32 bits.
struct LeakyReluKernel: OperatorKernel, ParametricFunction {
  static let name = "LeakyRelu"
  static let versions = [6, 16]

  private let alpha: Double

  init(_ attributes: Attributes) throws(KernelError) {
    alpha = Double(try attributes.float("alpha", default: 0.01))
  }

  func apply(_ x: Double) -> Double { x < 0 ? alpha * x : x }
}
