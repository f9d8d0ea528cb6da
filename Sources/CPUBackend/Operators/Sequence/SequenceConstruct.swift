import Tensors

/// A sequence of tensors of one type.
enum SequenceConstructKernel: OperatorKernel {
  static let name = "SequenceConstruct"
  static let versions = [11]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [(declaration.inputTypes.first ?? nil).map { .sequence($0) }]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let tensors = try call.tensors()
    guard let type = tensors.first?.type, tensors.allSatisfy({ $0.type == type }) else {
      throw .invalidInput("the tensors have different element types")
    }
    return [.sequence(tensors.map { .tensor($0) }, element: .tensor(type))]
  }
}
