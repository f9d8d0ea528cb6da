import Tensors

/// The tensor repeated to the shape that it and the asked one broadcast to.
enum ExpandKernel: OperatorKernel {
  static let name = "Expand"
  static let versions = [8, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    guard let stated = try call.integers(1) else { throw .invalidInput("shape is missing") }
    let shape = try Axes.broadcast(x.shape, stated)
    _ = try Allocation.count(of: shape, type: x.type)
    return [.tensor(try StridedView(broadcasting: x.shape, to: shape).tensor(of: x))]
  }
}
