import Tensors

/// Each plane brought to mean 0 and variance 1, then scaled and shifted by channel.
///
///     y = scale[c] · (x − μ) / √(σ² + ε) + b[c]
enum InstanceNormalizationKernel: OperatorKernel {
  static let name = "InstanceNormalization"
  static let versions = [6, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let groups = x.shape.count > 1 ? max(1, x.shape[1]) : 1
    return [.tensor(try ChannelNormalization(call, x.shape, groups: groups).tensor(x))]
  }
}
