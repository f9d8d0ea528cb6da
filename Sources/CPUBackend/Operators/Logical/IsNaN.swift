import Tensors

/// Whether each element is NaN.
enum IsNaNKernel: OperatorKernel {
  static let name = "IsNaN"
  static let versions = [9, 13, 20]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    [.tensor(try NumberTest.tensor(try call.tensor(0)) { $0.isNaN })]
  }
}
