import CPUBackend
import ModelFormat
import Tensors
import Testing

/// Runs one operator on tensors through the whole backend and returns its outputs.
func run(
  _ name: String, opset: Int64, _ inputs: [Tensor?], attributes: [String: Attribute] = [:],
  outputs: [ElementType], domain: String = ""
) throws -> [Tensor] {
  let model = Model.singleNode(
    operator: name, domain: domain, opset: opset, attributes: attributes,
    inputs: inputs.enumerated().map { position, tensor in
      guard let tensor else { return ValueInfo(name: "", type: nil) }
      return ValueInfo(name: "x\(position)", type: .tensor(tensor.type))
    },
    outputs: outputs.enumerated().map { ValueInfo(name: "y\($0)", type: .tensor($1)) })
  let executable = try Executable(onnx: try model.encoded(), resources: .shared)
  let results = try executable.execute(inputs.compactMap { $0.map { .tensor($0) } })
  return try results.map { try #require($0.tensor) }
}

/// Runs one operator with one output and returns it.
func run(
  _ name: String, opset: Int64, _ inputs: [Tensor?], attributes: [String: Attribute] = [:],
  output: ElementType
) throws -> Tensor {
  let outputs = try run(name, opset: opset, inputs, attributes: attributes, outputs: [output])
  return try #require(outputs.first)
}

/// A floating-point tensor from values that the type represents or that are rounded to it.
func floats(_ type: ElementType, _ shape: Shape, _ values: [Double]) -> Tensor {
  guard let tensor = Tensor(type: type, shape: shape, rounding: values) else {
    fatalError("the test's own tensor is malformed")
  }
  return tensor
}

/// An integer or bool tensor.
func integers(_ type: ElementType, _ shape: Shape, _ values: [Int128]) -> Tensor {
  guard let tensor = Tensor(type: type, shape: shape, wrapping: values) else {
    fatalError("the test's own tensor is malformed")
  }
  return tensor
}

/// A string tensor.
func strings(_ shape: Shape, _ values: [String]) -> Tensor {
  guard let tensor = Tensor(shape: shape, strings: values) else {
    fatalError("the test's own tensor is malformed")
  }
  return tensor
}

extension KernelError {
  /// The class of an error without its message.
  enum Kind: Equatable {
    case invalidModel, invalidInput, outOfMemory, internalError
    case unsupported(Limitation)
  }

  var kind: Kind {
    switch self {
    case .invalidModel: .invalidModel
    case .invalidInput: .invalidInput
    case .outOfMemory: .outOfMemory
    case .internalError: .internalError
    case .unsupported(let limitation, _): .unsupported(limitation)
    }
  }
}

/// Expects the body to throw a kernel error of the kind.
func expectError(
  _ kind: KernelError.Kind, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  let error = #expect(throws: KernelError.self, sourceLocation: sourceLocation) { try body() }
  if let error { #expect(error.kind == kind, "\(error)", sourceLocation: sourceLocation) }
}
