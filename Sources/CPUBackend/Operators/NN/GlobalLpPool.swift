import Tensors

/// The Lp norm of each plane; zero for an empty one.
enum GlobalLpPoolKernel: OperatorKernel {
  static let name = "GlobalLpPool"
  static let versions = [2, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let planes = try ChannelPlanes(x.shape)
    let norm = try PowerNorm(call)
    let norms = planes.reduce(try x.reals(Double.self)) { norm($0) }
    return [.tensor(try .rounding(norms, to: x.type, planes.reducedShape))]
  }
}
