import Tensors

/// The sum of any number of tensors, element by element, rounded once.
enum SumKernel: OperatorKernel {
  static let name = "Sum"
  static let versions = [8, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let sum = try BroadcastSum(try call.tensors())
    return [.tensor(try .rounding(sum.values, to: sum.type, sum.shape))]
  }
}
