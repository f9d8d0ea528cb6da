import Tensors

/// A tensor of a given shape whose elements are all one value, float32 zero by default.
enum ConstantOfShapeKernel: OperatorKernel {
  static let name = "ConstantOfShape"
  static let versions = [9, 20, 21, 23, 24, 25]

  static func check(_ declaration: Declaration) throws(KernelError) {
    guard let value = try declaration.attributes.tensor("value"), value.count != 1 else { return }
    throw .invalidModel("attribute value has \(value.count) elements, one is needed")
  }

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [.tensor(try declaration.attributes.tensor("value")?.type ?? .f32)]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    guard let shape = try call.integers(0) else { throw .invalidInput("the shape is missing") }
    let value =
      if let stated = try call.attributes.tensor("value") { try stated.under([]) } else {
        try Tensor.of(.f32, [], [Float(0)])
      }
    _ = try Allocation.count(of: shape, type: value.type)
    return [.tensor(try StridedView(broadcasting: [], to: shape).tensor(of: value))]
  }
}
