/// The type of an ONNX value: a tensor, or a sequence, optional or map of values.
package indirect enum ValueType: Hashable, Sendable {
  case tensor(ElementType)
  case sequence(ValueType)
  case optional(ValueType)
  case map(key: ElementType, value: ValueType)
}

/// An ONNX value as it enters and leaves a backend.
package indirect enum Value: Hashable, Sendable {
  case tensor(Tensor)
  /// All elements have the element type; it is kept because a sequence may be empty.
  case sequence([Value], element: ValueType)
  /// An optional of the given content type, present or not.
  case optional(Value?, content: ValueType)
  /// Keys and values of equal count; keys are an integer or string tensor of rank 1.
  case map(keys: Tensor, values: [Value], value: ValueType)

  /// The type of this value.
  package var type: ValueType {
    switch self {
    case .tensor(let tensor): .tensor(tensor.type)
    case .sequence(_, let element): .sequence(element)
    case .optional(_, let content): .optional(content)
    case .map(let keys, _, let value): .map(key: keys.type, value: value)
    }
  }

  /// The tensor of a tensor value, else nil.
  package var tensor: Tensor? {
    if case .tensor(let tensor) = self { tensor } else { nil }
  }
}

extension ValueType: CustomStringConvertible {
  /// ONNX's spelling, e.g. `seq(tensor(float))`.
  package var description: String {
    switch self {
    case .tensor(let type): "tensor(\(type.onnxName))"
    case .sequence(let element): "seq(\(element))"
    case .optional(let content): "optional(\(content))"
    case .map(let key, let value): "map(\(key.onnxName), \(value))"
    }
  }

  /// Reads ONNX's spelling; nil when it is not a type string.
  package init?(onnxName text: some StringProtocol) {
    func inner(_ prefix: String) -> String? {
      guard text.hasPrefix(prefix + "("), text.hasSuffix(")") else { return nil }
      return String(text.dropFirst(prefix.count + 1).dropLast())
    }
    if let name = inner("tensor") {
      guard let element = ElementType(onnxName: name) else { return nil }
      self = .tensor(element)
    } else if let name = inner("seq"), let element = ValueType(onnxName: name) {
      self = .sequence(element)
    } else if let name = inner("optional"), let content = ValueType(onnxName: name) {
      self = .optional(content)
    } else if let body = inner("map"), let comma = body.firstIndex(of: ",") {
      let rest = body[body.index(after: comma)...].drop { $0 == " " }
      guard let key = ElementType(onnxName: String(body[..<comma])),
        let value = ValueType(onnxName: rest)
      else { return nil }
      self = .map(key: key, value: value)
    } else {
      return nil
    }
  }
}
