/// The quotient of two tensors, element by element: y = a / b.
///
/// Integer quotients are truncated towards zero. The standard leaves x/0 and the quotient of the
/// smallest integer by -1 open: here they are 0 and the smallest integer.
enum DivKernel: OperatorKernel, ArithmeticFunction {
  static let name = "Div"
  static let versions = [7, 13, 14]

  // In `Float`, quotients of 16-bit types are correctly rounded too: 24 bits are enough to make
  // the second rounding harmless for precisions of up to 11 bits.
  static func apply<Number: Real>(_ a: Number, _ b: Number) -> Number { a / b }
  static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number {
    b == 0 ? 0 : a.dividedReportingOverflow(by: b).partialValue
  }
}
