import Tensors

/// The content of an optional; a tensor or a sequence is its own content.
enum OptionalGetElementKernel: OperatorKernel {
  static let name = "OptionalGetElement"
  static let versions = [15, 18, 28]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    guard let type = declaration.inputTypes.first ?? nil else { return [nil] }
    if case .optional(let content) = type { return [content] }
    return [type]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    guard let value = call.value(0) else { throw .invalidInput("input 0 is missing") }
    guard case .optional(let content, _) = value else { return [value] }
    guard let content else { throw .invalidInput("the optional is empty") }
    return [content]
  }
}
