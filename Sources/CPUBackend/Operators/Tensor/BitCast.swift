import Tensors

/// The same bits as another type of the same width.
enum BitCastKernel: OperatorKernel {
  static let name = "BitCast"
  static let versions = [26]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    let type = try declaration.attributes.elementType("to")
    if let type, case .tensor(let source)? = declaration.inputTypes.first ?? nil {
      try requireWidth(source, type)
    }
    return [type.map { .tensor($0) }]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    guard let type = try call.attributes.elementType("to") else {
      throw .invalidModel("attribute to is missing")
    }
    try requireWidth(x.type, type)
    guard let result = Tensor(type: type, shape: x.shape, bytes: x.bytes) else {
      throw .internalError("\(x.bytes.count) bytes for \(type.onnxName) of shape \(x.shape)")
    }
    return [.tensor(result)]
  }

  private static func requireWidth(
    _ source: ElementType, _ type: ElementType
  ) throws(KernelError) {
    guard type != .string, source.bitWidth == type.bitWidth else {
      throw .invalidModel("the bits of \(source.onnxName) are no \(type.onnxName)")
    }
  }
}
