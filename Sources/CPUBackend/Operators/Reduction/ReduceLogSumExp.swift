/// The logarithm of the sum of exponentials along axes; -Inf for no elements.
///
///     y = m + log(Σ_j exp(x[j] - m)),   m = max_j x[j]
///
/// The shift by the maximum keeps every step finite. Of integers the integer part is taken.
enum ReduceLogSumExpKernel: OperatorKernel, ReductionFunction {
  static let name = "ReduceLogSumExp"
  static let versions = [1, 11, 13, 18, 28]

  static func reduce<Number: Real>(_ row: UnsafeBufferPointer<Number>) -> Double {
    let greatest = LaneTree.maximum(row).double
    // An infinite maximum is the result; shifting by it would give NaN.
    guard greatest.isFinite else { return greatest }
    return greatest + Double.log(LaneTree.sum(row) { Double.exp($0 - greatest) })
  }

  static func reduce<Number: FixedWidthInteger & BitwiseCopyable>(
    _ row: UnsafeBufferPointer<Number>
  ) -> Number {
    let value = row.map { Double($0) }.withUnsafeBufferPointer { reduce($0) as Double }
    let range = IntegerRange(bits: Number.bitWidth, signed: Number.isSigned)
    return Number(truncatingIfNeeded: range.truncating(value))
  }
}
