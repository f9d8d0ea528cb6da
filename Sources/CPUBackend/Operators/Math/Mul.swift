/// The product of two tensors, element by element: y = a · b.
///
/// Floating-point products are rounded once; integer products wrap around.
enum MulKernel: OperatorKernel, ArithmeticFunction {
  static let name = "Mul"
  static let versions = [7, 13, 14]

  static func apply<Number: Real>(_ a: Number, _ b: Number) -> Number { a * b }
  static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number { a &* b }
}
