import Tensors

extension ValueInfo {
  var message: Onnx_ValueInfoProto {
    var message = Onnx_ValueInfoProto()
    message.name = name
    if let type {
      message.type = type.message(shape: shape)
    } else if let shape {
      message.type.tensorType.shape = shapeMessage(shape)
    }
    return message
  }
}

extension ValueType {
  /// The message of this type; the shape belongs to the tensors inside.
  func message(shape: [Dimension]?) -> Onnx_TypeProto {
    var message = Onnx_TypeProto()
    switch self {
    case .tensor(let element):
      message.tensorType.elemType = element.rawValue
      if let shape { message.tensorType.shape = shapeMessage(shape) }
    case .sequence(let element):
      message.sequenceType.elemType = element.message(shape: shape)
    case .optional(let content):
      message.optionalType.elemType = content.message(shape: shape)
    case .map(let key, let value):
      message.mapType.keyType = key.rawValue
      message.mapType.valueType = value.message(shape: shape)
    }
    return message
  }
}

private func shapeMessage(_ shape: [Dimension]) -> Onnx_TensorShapeProto {
  var message = Onnx_TensorShapeProto()
  message.dim = shape.map { dimension in
    var entry = Onnx_TensorShapeProto.Dimension()
    switch dimension {
    case .fixed(let size): entry.dimValue = Int64(size)
    case .symbolic(let name): entry.dimParam = name
    case .unknown: break
    }
    return entry
  }
  return message
}
