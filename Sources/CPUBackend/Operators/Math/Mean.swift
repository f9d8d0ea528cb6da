import Tensors

/// The mean of any number of tensors, element by element, rounded once.
enum MeanKernel: OperatorKernel {
  static let name = "Mean"
  static let versions = [8, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let tensors = try call.tensors()
    let sum = try BroadcastSum(tensors)
    let means = sum.values.map { $0 / Double(tensors.count) }
    return [.tensor(try .rounding(means, to: sum.type, sum.shape))]
  }
}
