/// The sum of the squares of the elements along axes; zero for no elements.
///
/// Floating-point sums are accumulated in binary64 and rounded once; integer sums wrap around.
enum ReduceSumSquareKernel: OperatorKernel, ReductionFunction {
  static let name = "ReduceSumSquare"
  static let versions = [1, 11, 13, 18]

  static func reduce<Number: Real>(_ row: UnsafeBufferPointer<Number>) -> Double {
    LaneTree.sum(row) { $0 * $0 }
  }

  static func reduce<Number: FixedWidthInteger & BitwiseCopyable>(
    _ row: UnsafeBufferPointer<Number>
  ) -> Number {
    row.reduce(0) { $0 &+ $1 &* $1 }
  }
}
