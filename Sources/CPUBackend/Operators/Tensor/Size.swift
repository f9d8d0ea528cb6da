import Tensors

/// The number of elements of a tensor.
enum SizeKernel: OperatorKernel {
  static let name = "Size"
  static let versions = [1, 13, 19, 21, 23, 24, 25]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    [.tensor(try .of(.i64, [], [Int64(try call.tensor(0).count)]))]
  }
}
