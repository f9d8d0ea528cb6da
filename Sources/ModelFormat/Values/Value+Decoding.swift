import FoundationEssentials
package import Tensors

extension Value {
  /// Reads the serialised message of a value.
  ///
  /// - Parameters:
  ///   - kind: which message the bytes are.
  ///   - type: what the value is expected to be; needed where a sequence, map or optional is
  ///     empty, because the format does not state the type of what it could hold.
  ///   - externalTensors: the folder external tensors are relative to; nil refuses them.
  /// - Throws: `ModelError` when the bytes are no such value, or not of the expected type.
  package init(
    decoding bytes: [UInt8], kind: ValueKind, expecting type: ValueType? = nil,
    externalTensors: String? = nil
  ) throws(ModelError) {
    let decoder = ValueDecoder(external: ExternalTensors(directory: externalTensors))
    let root = FieldPath.root("")
    switch kind {
    case .tensor:
      let message = try WireFault.decode(Onnx_TensorProto.self, from: bytes)
      self = try decoder.tensor(message, expecting: type, at: root)
    case .sequence:
      let message = try WireFault.decode(Onnx_SequenceProto.self, from: bytes)
      self = try decoder.sequence(message, expecting: type, at: root)
    case .optional:
      let message = try WireFault.decode(Onnx_OptionalProto.self, from: bytes)
      self = try decoder.optional(message, expecting: type, at: root)
    case .map:
      let message = try WireFault.decode(Onnx_MapProto.self, from: bytes)
      self = try decoder.map(message, expecting: type, at: root)
    }
  }
}

/// Turns the messages of values into values.
private struct ValueDecoder {
  let elements: ModelDecoder

  init(external: ExternalTensors) { elements = ModelDecoder(external: external) }

  func tensor(
    _ message: Onnx_TensorProto, expecting type: ValueType?, at path: FieldPath
  ) throws(ModelError) -> Value {
    try matched(.tensor(try elements.tensor(message, at: path)), type, at: path)
  }

  func sparse(
    _ message: Onnx_SparseTensorProto, expecting type: ValueType?, at path: FieldPath
  ) throws(ModelError) -> Value {
    let tensor = try elements.sparse(message, at: path).dense(at: path)
    return try matched(.tensor(tensor), type, at: path)
  }

  func sequence(
    _ message: Onnx_SequenceProto, expecting type: ValueType?, at path: FieldPath
  ) throws(ModelError) -> Value {
    var element: ValueType?
    if case .sequence(let expected) = type {
      element = expected
    } else if let type {
      throw path.content("a sequence, expected \(type)")
    }
    let values = try self.values(message, expecting: element, at: path)
    guard let element = element ?? values.first?.type else {
      throw path.content("empty: the type of its elements must be known to read it")
    }
    for (index, value) in values.enumerated() where value.type != element {
      throw path.content("element \(index) is \(value.type), the others are \(element)")
    }
    return .sequence(values, element: element)
  }

  private func values(
    _ message: Onnx_SequenceProto, expecting type: ValueType?, at path: FieldPath
  ) throws(ModelError) -> [Value] {
    let lists = [
      message.tensorValues.count, message.sparseTensorValues.count, message.sequenceValues.count,
      message.mapValues.count, message.optionalValues.count,
    ]
    guard lists.filter({ $0 > 0 }).count <= 1 else {
      throw path.content("holds elements of several kinds")
    }
    var values: [Value] = []
    for (index, value) in message.tensorValues.enumerated() {
      let place = FieldPath.element(path, "tensor_values", index)
      values.append(try tensor(value, expecting: type, at: place))
    }
    for (index, value) in message.sparseTensorValues.enumerated() {
      let place = FieldPath.element(path, "sparse_tensor_values", index)
      values.append(try sparse(value, expecting: type, at: place))
    }
    for (index, value) in message.sequenceValues.enumerated() {
      let place = FieldPath.element(path, "sequence_values", index)
      values.append(try sequence(value, expecting: type, at: place))
    }
    for (index, value) in message.mapValues.enumerated() {
      let place = FieldPath.element(path, "map_values", index)
      values.append(try map(value, expecting: type, at: place))
    }
    for (index, value) in message.optionalValues.enumerated() {
      let place = FieldPath.element(path, "optional_values", index)
      values.append(try optional(value, expecting: type, at: place))
    }
    return values
  }

  func optional(
    _ message: Onnx_OptionalProto, expecting type: ValueType?, at path: FieldPath
  ) throws(ModelError) -> Value {
    var expected: ValueType?
    if case .optional(let inner) = type {
      expected = inner
    } else if let type {
      throw path.content("an optional, expected \(type)")
    }
    let value = try content(message, expecting: expected, at: path)
    guard let content = expected ?? value?.type else {
      throw path.content("absent: the type of its content must be known to read it")
    }
    return .optional(value, content: content)
  }

  private func content(
    _ message: Onnx_OptionalProto, expecting type: ValueType?, at path: FieldPath
  ) throws(ModelError) -> Value? {
    if message.hasTensorValue {
      return try tensor(
        message.tensorValue, expecting: type, at: .field(path, "tensor_value"))
    }
    if message.hasSparseTensorValue {
      return try sparse(
        message.sparseTensorValue, expecting: type, at: .field(path, "sparse_tensor_value"))
    }
    if message.hasSequenceValue {
      return try sequence(
        message.sequenceValue, expecting: type, at: .field(path, "sequence_value"))
    }
    if message.hasMapValue {
      return try map(message.mapValue, expecting: type, at: .field(path, "map_value"))
    }
    if message.hasOptionalValue {
      return try optional(
        message.optionalValue, expecting: type, at: .field(path, "optional_value"))
    }
    return nil
  }

  func map(
    _ message: Onnx_MapProto, expecting type: ValueType?, at path: FieldPath
  ) throws(ModelError) -> Value {
    var value: ValueType?
    let key = try elements.keyType(message.keyType, at: .field(path, "key_type"))
    if case .map(let expectedKey, let expectedValue) = type {
      guard key == expectedKey else {
        throw path.content("keys are \(key.onnxName), expected \(expectedKey.onnxName)")
      }
      value = expectedValue
    } else if let type {
      throw path.content("a map, expected \(type)")
    }
    let keys = try self.keys(message, type: key, at: path)
    let sequence = try self.sequence(
      message.values, expecting: value.map { .sequence($0) }, at: .field(path, "values"))
    guard case .sequence(let values, let element) = sequence, values.count == keys.count else {
      throw path.content("the numbers of keys and values differ")
    }
    return .map(keys: keys, values: values, value: element)
  }

  private func keys(
    _ message: Onnx_MapProto, type: ElementType, at path: FieldPath
  ) throws(ModelError) -> Tensor {
    if type == .string {
      var strings: [String] = []
      for (index, bytes) in message.stringKeys.enumerated() {
        strings.append(
          try elements.text([UInt8](bytes), at: .element(path, "string_keys", index)))
      }
      guard let keys = Tensor(shape: [strings.count], strings: strings) else {
        throw path.content("\(strings.count) keys do not form a tensor")
      }
      return keys
    }
    let integers = message.keys.map { key in
      // Unsigned 64-bit keys travel as their two's complement.
      type == .u64 ? Int128(UInt64(bitPattern: key)) : Int128(key)
    }
    guard let keys = Tensor(type: type, shape: [integers.count], wrapping: integers),
      keys.integers == integers
    else {
      throw FieldPath.field(path, "keys").content("a key does not fit \(type.onnxName)")
    }
    return keys
  }

  private func matched(
    _ value: Value, _ type: ValueType?, at path: FieldPath
  ) throws(ModelError) -> Value {
    guard type == nil || type == value.type else {
      throw path.content("\(value.type), expected \(type.map(String.init(describing:)) ?? "")")
    }
    return value
  }
}
