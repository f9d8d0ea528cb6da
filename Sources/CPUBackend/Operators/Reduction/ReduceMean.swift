/// The mean of the elements along axes; NaN for no elements, truncated for integers.
enum ReduceMeanKernel: OperatorKernel, ReductionFunction {
  static let name = "ReduceMean"
  static let versions = [1, 11, 13, 18]

  static func reduce<Number: Real>(_ row: UnsafeBufferPointer<Number>) -> Double {
    LaneTree.sum(row) / Double(row.count)
  }

  static func reduce<Number: FixedWidthInteger & BitwiseCopyable>(
    _ row: UnsafeBufferPointer<Number>
  ) -> Number {
    // The sum of 2^31 64-bit integers fits.
    guard !row.isEmpty else { return 0 }
    return Number(row.reduce(Int128(0)) { $0 + Int128($1) } / Int128(row.count))
  }
}
