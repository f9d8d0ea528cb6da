/// The largest of the elements along axes; NaN when there is one.
///
/// Of no elements it is -Inf, or the smallest value of an integer type; of bool it is false.
enum ReduceMaxKernel: OperatorKernel, ReductionFunction {
  static let name = "ReduceMax"
  static let versions = [1, 11, 12, 13, 18, 20]

  static func reduce<Number: Real>(_ row: UnsafeBufferPointer<Number>) -> Double {
    LaneTree.maximum(row).double
  }

  static func reduce<Number: FixedWidthInteger & BitwiseCopyable>(
    _ row: UnsafeBufferPointer<Number>
  ) -> Number {
    row.max() ?? .min
  }
}
