/// The sum of two tensors, element by element: y = a + b.
///
/// Floating-point sums are rounded once; integer sums wrap around.
enum AddKernel: OperatorKernel, ArithmeticFunction {
  static let name = "Add"
  static let versions = [7, 13, 14]

  static func apply<Number: Real>(_ a: Number, _ b: Number) -> Number { a + b }
  static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number { a &+ b }
}
