import Tensors

/// Independent normal numbers with the mean and the standard deviation `scale`, rounded once to the
/// output type.
enum RandomNormalKernel: OperatorKernel {
  static let name = "RandomNormal"
  static let versions = [1, 22]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [.tensor(try declaration.attributes.elementType("dtype") ?? .f32)]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    guard let shape = try call.ints("shape") else {
      throw .invalidModel("attribute shape is missing")
    }
    let type = try call.attributes.elementType("dtype") ?? .f32
    let count = try Allocation.count(of: shape, type: .f64)
    let mean = Double(try call.float("mean", default: 0))
    let scale = Double(try call.float("scale", default: 1))
    var stream = try RandomStream(call, name: "RandomNormal")
    var values = [Double](repeating: 0, count: count)
    for index in values.indices { values[index] = mean + scale * stream.nextNormal() }
    return [.tensor(try .rounding(values, to: type, shape))]
  }
}
