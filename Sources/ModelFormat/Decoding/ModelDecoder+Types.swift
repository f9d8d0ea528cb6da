import Tensors

extension ModelDecoder {
  func valueInfos(
    _ messages: [Onnx_ValueInfoProto], at path: FieldPath, field: String
  ) throws(ModelError) -> [ValueInfo] {
    var result: [ValueInfo] = []
    for (index, message) in messages.enumerated() {
      let place = FieldPath.element(path, field, index)
      guard !message.name.isEmpty else {
        throw FieldPath.field(place, "name").content("missing")
      }
      result.append(try valueInfo(message, at: place))
    }
    return result
  }

  private func valueInfo(
    _ message: Onnx_ValueInfoProto, at path: FieldPath
  ) throws(ModelError) -> ValueInfo {
    let place = FieldPath.field(path, "type")
    guard message.hasType, let kind = message.type.value else {
      return ValueInfo(name: message.name, type: nil)
    }
    // Shape inference may know a shape without an element type.
    if case .tensorType(let tensor) = kind, tensor.elemType == 0 {
      let shape = try shape(of: tensor, at: .field(place, "tensor_type"))
      return ValueInfo(name: message.name, type: nil, shape: shape)
    }
    let (type, shape) = try type(message.type, at: place)
    return ValueInfo(name: message.name, type: type, shape: shape)
  }

  /// The type, and the shape of the tensors in it as far as it is declared.
  func type(
    _ message: Onnx_TypeProto, at path: FieldPath
  ) throws(ModelError) -> (type: ValueType, shape: [Dimension]?) {
    switch message.value {
    case .tensorType(let tensor):
      let place = FieldPath.field(path, "tensor_type")
      let element = try elementType(tensor.elemType, at: .field(place, "elem_type"))
      return (.tensor(element), try shape(of: tensor, at: place))
    case .sequenceType(let sequence):
      let inner = try type(sequence.elemType, at: .field(path, "sequence_type.elem_type"))
      return (.sequence(inner.type), inner.shape)
    case .optionalType(let optional):
      let inner = try type(optional.elemType, at: .field(path, "optional_type.elem_type"))
      return (.optional(inner.type), inner.shape)
    case .mapType(let map):
      let place = FieldPath.field(path, "map_type")
      let key = try keyType(map.keyType, at: .field(place, "key_type"))
      let inner = try type(map.valueType, at: .field(place, "value_type"))
      return (.map(key: key, value: inner.type), inner.shape)
    case .sparseTensorType:
      throw .unsupported(path: path.description, feature: "a value of a sparse tensor type")
    case .opaqueType:
      throw .unsupported(path: path.description, feature: "a value of an opaque type")
    case nil:
      throw path.content("states no type")
    }
  }

  func elementType(_ number: Int32, at path: FieldPath) throws(ModelError) -> ElementType {
    guard let type = ElementType(rawValue: number) else {
      throw path.content("\(number) is not an element type")
    }
    return type
  }

  func keyType(_ number: Int32, at path: FieldPath) throws(ModelError) -> ElementType {
    let type = try elementType(number, at: path)
    guard type == .string || (type.isInteger && type.bitWidth >= 8) else {
      throw path.content("\(type.onnxName) cannot be a key; keys are integers or strings")
    }
    return type
  }

  private func shape(
    of tensor: Onnx_TypeProto.Tensor, at path: FieldPath
  ) throws(ModelError) -> [Dimension]? {
    guard tensor.hasShape else { return nil }
    var result: [Dimension] = []
    for (index, dimension) in tensor.shape.dim.enumerated() {
      switch dimension.value {
      case .dimValue(let size):
        guard size >= 0, let fixed = Int(exactly: size) else {
          throw FieldPath.element(path, "shape.dim", index)
            .content("\(size) is not a size; leave the dimension out when it is unknown")
        }
        result.append(.fixed(fixed))
      case .dimParam(let name): result.append(name.isEmpty ? .unknown : .symbolic(name))
      case nil: result.append(.unknown)
      }
    }
    return result
  }
}
