import Tensors

/// The greatest element of each plane; NaN wins over everything. Of an empty plane it is -Inf.
enum GlobalMaxPoolKernel: OperatorKernel {
  static let name = "GlobalMaxPool"
  static let versions = [1, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let planes = try ChannelPlanes(x.shape)
    let maxima = planes.reduce(try x.reals(Double.self)) { LaneTree.maximum($0) }
    return [.tensor(try .rounding(maxima, to: x.type, planes.reducedShape))]
  }
}
