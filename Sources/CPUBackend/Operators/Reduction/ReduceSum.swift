/// The sum of the elements along axes; zero for no elements.
///
/// Floating-point sums are accumulated in binary64 and rounded once; integer sums wrap around.
enum ReduceSumKernel: OperatorKernel, ReductionFunction {
  static let name = "ReduceSum"
  static let versions = [1, 11, 13]
  static let axesBecomeInput = 13

  static func reduce<Number: Real>(_ row: UnsafeBufferPointer<Number>) -> Double {
    LaneTree.sum(row)
  }

  static func reduce<Number: FixedWidthInteger & BitwiseCopyable>(
    _ row: UnsafeBufferPointer<Number>
  ) -> Number {
    row.reduce(0) { $0 &+ $1 }
  }
}
