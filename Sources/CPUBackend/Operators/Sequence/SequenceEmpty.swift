import Tensors

/// A sequence without tensors, of the type that `dtype` names, by default float32.
enum SequenceEmptyKernel: OperatorKernel {
  static let name = "SequenceEmpty"
  static let versions = [11]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [.sequence(.tensor(try declaration.attributes.elementType("dtype") ?? .f32))]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    [.sequence([], element: .tensor(try call.attributes.elementType("dtype") ?? .f32))]
  }
}
