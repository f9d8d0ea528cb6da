/// The integer nearest to each element, halves to even; zeros keep the sign of x.
enum RoundKernel: OperatorKernel, ElementaryFunction {
  static let name = "Round"
  static let versions = [11, 22]

  static func apply(_ x: Double) -> Double { x.rounded(.toNearestOrEven) }
}
