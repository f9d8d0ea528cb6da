/// The square root of the sum of squares along axes; zero for no elements.
///
///     y = √(Σ_j x[j]²)
///
/// Sums are accumulated in binary64 and the root is rounded once. Of integers the sum wraps around
/// and the integer part of its float32 root is taken, as the operator's definition by others does.
enum ReduceL2Kernel: OperatorKernel, ReductionFunction {
  static let name = "ReduceL2"
  static let versions = [1, 11, 13, 18]

  static func reduce<Number: Real>(_ row: UnsafeBufferPointer<Number>) -> Double {
    LaneTree.sum(row) { $0 * $0 }.squareRoot()
  }

  static func reduce<Number: FixedWidthInteger & BitwiseCopyable>(
    _ row: UnsafeBufferPointer<Number>
  ) -> Number {
    let root = Float(row.reduce(0) { $0 &+ $1 &* $1 } as Number).squareRoot()
    let range = IntegerRange(bits: Number.bitWidth, signed: Number.isSigned)
    return Number(truncatingIfNeeded: range.truncating(Double(root)))
  }
}
