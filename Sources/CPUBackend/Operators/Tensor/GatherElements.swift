import Tensors

/// Elements picked one by one along an axis; negative indices count from the end.
enum GatherElementsKernel: OperatorKernel {
  static let name = "GatherElements"
  static let versions = [11, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, indices) = (try call.tensor(0), try call.tensor(1))
    let positions = try ElementIndices.positions(
      indices, axis: try call.int("axis", default: 0), of: x.shape)
    return [.tensor(try Selection(positions).tensor(of: x, shape: indices.shape))]
  }
}
