import ModelFormat
import Tensors

/// An optional that holds the input, or an empty one of the type that `type` names.
enum OptionalKernel: OperatorKernel {
  static let name = "Optional"
  static let versions = [15, 28]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    let stated = try contentType(declaration.attributes)
    guard let input = declaration.inputTypes.first ?? nil else {
      guard stated != nil || !declaration.inputTypes.isEmpty else {
        throw .invalidModel("without an input, attribute type is needed")
      }
      return [stated.map { .optional($0) }]
    }
    guard stated == nil || stated == input else {
      throw .invalidModel("the input is \(input), attribute type says otherwise")
    }
    return [.optional(input)]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let stated = try contentType(call.attributes)
    guard let content = call.value(0) else {
      guard let stated else {
        throw .invalidModel("without an input, attribute type is needed")
      }
      return [.optional(nil, content: stated)]
    }
    guard stated == nil || stated == content.type else {
      throw .invalidInput("the input is \(content.type), attribute type says otherwise")
    }
    return [.optional(content, content: content.type)]
  }

  private static func contentType(
    _ attributes: Attributes
  ) throws(KernelError) -> ValueType? {
    guard let attribute = attributes.values["type"] else { return nil }
    guard case .type(let type) = attribute else {
      throw .invalidModel("attribute type must be a type")
    }
    return type
  }
}
