import Tensors

/// Each group of channels brought to mean 0 and variance 1, then scaled and shifted by channel.
///
///     y = scale[c] · (x − μ) / √(σ² + ε) + b[c]
///
/// Computed in binary64 whatever `stash_type` says, and rounded once.
enum GroupNormalizationKernel: OperatorKernel {
  static let name = "GroupNormalization"
  static let versions = [21]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    _ = try RowNormalization.stashType(call.attributes)
    let groups = try call.int("num_groups", default: 0)
    return [.tensor(try ChannelNormalization(call, x.shape, groups: groups).tensor(x))]
  }
}
