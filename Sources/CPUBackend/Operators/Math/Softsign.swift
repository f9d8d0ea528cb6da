/// Each element divided by one plus its magnitude; ±1 at the infinities.
enum SoftsignKernel: OperatorKernel, ElementaryFunction {
  static let name = "Softsign"
  static let versions = [1, 22]

  static func apply(_ x: Double) -> Double {
    x.isInfinite ? (x < 0 ? -1 : 1) : x / (1 + abs(x))
  }
}
