/// The smallest integer not below each element; zeros keep the sign of x.
enum CeilKernel: OperatorKernel, ElementaryFunction {
  static let name = "Ceil"
  static let versions = [6, 13]

  static func apply(_ x: Double) -> Double { x.rounded(.up) }
}
