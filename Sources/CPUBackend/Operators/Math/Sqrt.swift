/// The square root of each element; -0 for -0, NaN below zero.
enum SqrtKernel: OperatorKernel, ElementaryFunction {
  static let name = "Sqrt"
  static let versions = [6, 13]

  // A double root rounded to at most 24 bits is the correctly rounded one: 53 ≥ 2 · 24 + 2.
  static func apply(_ x: Double) -> Double { x.squareRoot() }
}
