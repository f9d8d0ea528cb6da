import Tensors

/// The tensor without the named axes, or without every axis of one element when none are named.
enum SqueezeKernel: OperatorKernel {
  static let name = "Squeeze"
  static let versions = [1, 11, 13, 21, 23, 24, 25]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    var shape = x.shape
    guard let stated = call.version >= 13 ? try call.integers(1) : try call.ints("axes") else {
      shape.removeAll { $0 == 1 }
      return [.tensor(try x.under(shape))]
    }
    for axis in try Axes.normalised(stated, rank: shape.count).sorted().reversed() {
      guard shape[axis] == 1 else {
        throw .invalidInput("axis \(axis) of shape \(x.shape) has not one element")
      }
      shape.remove(at: axis)
    }
    return [.tensor(try x.under(shape))]
  }
}
