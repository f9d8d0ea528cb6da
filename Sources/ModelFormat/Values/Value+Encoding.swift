import FoundationEssentials
package import Tensors

extension Value {
  /// The serialised message of this value's kind; equal values give equal bytes.
  ///
  /// The format has no room for the element type of an empty sequence, map or optional: whoever
  /// reads it back has to know the type.
  /// - Throws: `ModelError.limit` beyond 2 GiB.
  package func encodedMessage(name: String = "") throws(ModelError) -> [UInt8] {
    switch self {
    case .tensor(let tensor): return try serialised(tensor.message(name: name))
    case .sequence(let values, _): return try serialised(sequenceMessage(values, name: name))
    case .optional(let content, _): return try serialised(optionalMessage(content, name: name))
    case .map(let keys, let values, _):
      return try serialised(mapMessage(keys: keys, values: values, name: name))
    }
  }
}

private func sequenceMessage(_ values: [Value], name: String = "") -> Onnx_SequenceProto {
  var message = Onnx_SequenceProto()
  if !name.isEmpty { message.name = name }
  for value in values {
    switch value {
    case .tensor(let tensor):
      message.elemType = Int32(Onnx_SequenceProto.DataType.tensor.rawValue)
      message.tensorValues.append(tensor.message())
    case .sequence(let inner, _):
      message.elemType = Int32(Onnx_SequenceProto.DataType.sequence.rawValue)
      message.sequenceValues.append(sequenceMessage(inner))
    case .optional(let content, _):
      message.elemType = Int32(Onnx_SequenceProto.DataType.optional.rawValue)
      message.optionalValues.append(optionalMessage(content))
    case .map(let keys, let inner, _):
      message.elemType = Int32(Onnx_SequenceProto.DataType.map.rawValue)
      message.mapValues.append(mapMessage(keys: keys, values: inner))
    }
  }
  return message
}

private func optionalMessage(_ content: Value?, name: String = "") -> Onnx_OptionalProto {
  var message = Onnx_OptionalProto()
  if !name.isEmpty { message.name = name }
  switch content {
  case .tensor(let tensor):
    message.elemType = Int32(Onnx_OptionalProto.DataType.tensor.rawValue)
    message.tensorValue = tensor.message()
  case .sequence(let values, _):
    message.elemType = Int32(Onnx_OptionalProto.DataType.sequence.rawValue)
    message.sequenceValue = sequenceMessage(values)
  case .optional(let inner, _):
    message.elemType = Int32(Onnx_OptionalProto.DataType.optional.rawValue)
    message.optionalValue = optionalMessage(inner)
  case .map(let keys, let values, _):
    message.elemType = Int32(Onnx_OptionalProto.DataType.map.rawValue)
    message.mapValue = mapMessage(keys: keys, values: values)
  case nil:
    message.elemType = Int32(Onnx_OptionalProto.DataType.undefined.rawValue)
  }
  return message
}

private func mapMessage(keys: Tensor, values: [Value], name: String = "") -> Onnx_MapProto {
  var message = Onnx_MapProto()
  if !name.isEmpty { message.name = name }
  message.keyType = keys.type.rawValue
  if keys.type == .string {
    message.stringKeys = keys.strings.map { Data($0.utf8) }
  } else {
    message.keys = (keys.integers ?? []).map { Int64(truncatingIfNeeded: $0) }
  }
  message.values = sequenceMessage(values)
  return message
}
