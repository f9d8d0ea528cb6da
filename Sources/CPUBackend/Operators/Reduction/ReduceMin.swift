import Tensors

/// The smallest of the elements along axes; NaN when there is one.
///
/// Of no elements it is +Inf, or the greatest value of an integer type; of bool it is true.
enum ReduceMinKernel: OperatorKernel, ReductionFunction {
  static let name = "ReduceMin"
  static let versions = [1, 11, 12, 13, 18, 20]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let result = try tensor(call)
    guard result.type == .bool else { return [.tensor(result)] }
    // The reduction sees bytes; true is the byte 1, whatever byte stood for it.
    return [.tensor(try .of(.bool, result.shape, result.bytes.map { $0 == 0 ? 0 : UInt8(1) }))]
  }

  static func reduce<Number: Real>(_ row: UnsafeBufferPointer<Number>) -> Double {
    LaneTree.minimum(row).double
  }

  static func reduce<Number: FixedWidthInteger & BitwiseCopyable>(
    _ row: UnsafeBufferPointer<Number>
  ) -> Number {
    row.min() ?? .max
  }
}
