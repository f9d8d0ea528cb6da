/// The sum of the absolute values along axes; zero for no elements.
///
/// Floating-point sums are accumulated in binary64 and rounded once; integer sums wrap around, and
/// so does the absolute value of the least integer.
enum ReduceL1Kernel: OperatorKernel, ReductionFunction {
  static let name = "ReduceL1"
  static let versions = [1, 11, 13, 18]

  static func reduce<Number: Real>(_ row: UnsafeBufferPointer<Number>) -> Double {
    LaneTree.sum(row) { abs($0) }
  }

  static func reduce<Number: FixedWidthInteger & BitwiseCopyable>(
    _ row: UnsafeBufferPointer<Number>
  ) -> Number {
    row.reduce(0) { $0 &+ Number(truncatingIfNeeded: $1.magnitude) }
  }
}
