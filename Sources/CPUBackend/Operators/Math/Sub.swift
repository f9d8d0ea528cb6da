/// The difference of two tensors, element by element: y = a - b.
///
/// Floating-point differences are rounded once; integer differences wrap around.
enum SubKernel: OperatorKernel, ArithmeticFunction {
  static let name = "Sub"
  static let versions = [7, 13, 14]

  static func apply<Number: Real>(_ a: Number, _ b: Number) -> Number { a - b }
  static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number { a &- b }
}
