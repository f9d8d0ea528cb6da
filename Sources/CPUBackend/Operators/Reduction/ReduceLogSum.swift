/// The logarithm of the sum of the elements along axes; -Inf for no elements.
///
///     y = log(Σ_j x[j])
///
/// Sums are accumulated in binary64. Of integers the integer part is taken.
enum ReduceLogSumKernel: OperatorKernel, ReductionFunction {
  static let name = "ReduceLogSum"
  static let versions = [1, 11, 13, 18, 28]

  static func reduce<Number: Real>(_ row: UnsafeBufferPointer<Number>) -> Double {
    Double.log(LaneTree.sum(row))
  }

  static func reduce<Number: FixedWidthInteger & BitwiseCopyable>(
    _ row: UnsafeBufferPointer<Number>
  ) -> Number {
    let value = Double.log(Double(row.reduce(0) { $0 &+ $1 } as Number))
    let range = IntegerRange(bits: Number.bitWidth, signed: Number.isSigned)
    return Number(truncatingIfNeeded: range.truncating(value))
  }
}
