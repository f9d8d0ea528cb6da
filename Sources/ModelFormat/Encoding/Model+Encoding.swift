import SwiftProtobuf
import Tensors

extension Model {
  /// The serialised `ModelProto`; equal models give equal bytes.
  ///
  /// Attributes and imports are written in the order of their names, tensors as `raw_data`.
  /// - Throws: `ModelError.limit` beyond 2 GiB, the most a protobuf message can hold.
  package func encoded() throws(ModelError) -> [UInt8] {
    var message = Onnx_ModelProto()
    message.irVersion = irVersion
    message.opsetImport = importMessages(opsetImports)
    if !producerName.isEmpty { message.producerName = producerName }
    message.graph = graph.message
    message.functions = functions.map(\.message)
    return try serialised(message)
  }
}

/// The bytes of a message; the only way to fail is its size.
func serialised(_ message: some SwiftProtobuf.Message) throws(ModelError) -> [UInt8] {
  do {
    return try message.serializedBytes(partial: true)
  } catch {
    throw .limit(path: "message", reason: "larger than 2 GiB; keep weights in external files")
  }
}

private func importMessages(_ imports: [String: Int64]) -> [Onnx_OperatorSetIdProto] {
  imports.sorted { $0.key < $1.key }.map { domain, version in
    var message = Onnx_OperatorSetIdProto()
    message.domain = domain
    message.version = version
    return message
  }
}

extension Graph {
  var message: Onnx_GraphProto {
    var message = Onnx_GraphProto()
    message.name = name
    message.node = nodes.map(\.message)
    message.input = inputs.map(\.message)
    message.output = outputs.map(\.message)
    message.valueInfo = valueInfo.map(\.message)
    message.initializer = initializers.map { $0.tensor.message(name: $0.name) }
    return message
  }
}

extension Node {
  var message: Onnx_NodeProto {
    var message = Onnx_NodeProto()
    if !name.isEmpty { message.name = name }
    message.opType = operatorName
    if !domain.isEmpty { message.domain = domain }
    if !overload.isEmpty { message.overload = overload }
    message.input = inputs
    message.output = outputs
    message.attribute = attributeMessages(attributes)
    return message
  }
}

extension LocalFunction {
  var message: Onnx_FunctionProto {
    var message = Onnx_FunctionProto()
    message.name = name
    message.domain = domain
    if !overload.isEmpty { message.overload = overload }
    message.input = inputs
    message.output = outputs
    message.attribute = attributeNames
    message.attributeProto = attributeMessages(attributeDefaults)
    message.node = nodes.map(\.message)
    message.opsetImport = importMessages(opsetImports)
    return message
  }
}
