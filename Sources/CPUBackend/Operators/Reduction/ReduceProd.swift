/// The product of the elements along axes; one for no elements.
///
/// Floating-point products are accumulated in binary64 and rounded once; integer products wrap
/// around.
enum ReduceProdKernel: OperatorKernel, ReductionFunction {
  static let name = "ReduceProd"
  static let versions = [1, 11, 13, 18]

  static func reduce<Number: Real>(_ row: UnsafeBufferPointer<Number>) -> Double {
    row.reduce(1) { $0 * $1.double }
  }

  static func reduce<Number: FixedWidthInteger & BitwiseCopyable>(
    _ row: UnsafeBufferPointer<Number>
  ) -> Number {
    row.reduce(1) { $0 &* $1 }
  }
}
