/// One divided by each element; infinities for zeros, zeros for infinities.
enum ReciprocalKernel: OperatorKernel, ElementaryFunction {
  static let name = "Reciprocal"
  static let versions = [6, 13]

  // A double quotient rounded to at most 24 bits is the correctly rounded one: 53 ≥ 2 · 24 + 1.
  static func apply(_ x: Double) -> Double { 1 / x }
}
