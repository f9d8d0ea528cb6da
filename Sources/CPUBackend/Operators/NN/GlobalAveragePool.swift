import Tensors

/// The mean of each plane; NaN for an empty one.
///
/// Sums are kept in binary64 and rounded once.
enum GlobalAveragePoolKernel: OperatorKernel {
  static let name = "GlobalAveragePool"
  static let versions = [1, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let planes = try ChannelPlanes(x.shape)
    let means = planes.reduce(try x.reals(Double.self)) { LaneTree.sum($0) / Double(planes.area) }
    return [.tensor(try .rounding(means, to: x.type, planes.reducedShape))]
  }
}
