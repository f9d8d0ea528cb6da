import BackendABI
import Tensors

/// Copies values of the caller, checking every count and pointer on the way.
enum ValueReader {
  /// The value of an input; nil for an absent one.
  ///
  /// - Parameter declared: the type the model declares, which tells the content of an optional
  ///   without a value and of an empty sequence.
  /// - Throws: `invalidInput` for a malformed value.
  static func read(
    _ value: assay_value, declared: ValueType, depth: Int = 0
  ) throws(KernelError) -> Value? {
    guard depth <= Int(ASSAY_MAX_NESTING) else { throw .invalidInput("it nests too deep") }
    switch value.kind {
    case ASSAY_KIND_ABSENT: return nil
    case ASSAY_KIND_TENSOR: return .tensor(try tensor(value.tensor))
    case ASSAY_KIND_SEQUENCE: return try sequence(value.sequence, declared, depth)
    case ASSAY_KIND_OPTIONAL: return try optional(value.optional, declared, depth)
    case ASSAY_KIND_MAP: return try map(value.map, declared, depth)
    default: throw .invalidInput("kind \(value.kind) is unknown")
    }
  }

  static func tensor(_ view: assay_tensor) throws(KernelError) -> Tensor {
    guard let type = ElementType(rawValue: view.element_type) else {
      throw .invalidInput("element type \(view.element_type) is unknown")
    }
    guard view.rank <= ASSAY_MAX_RANK, view.rank == 0 || view.dims != nil else {
      throw .invalidInput("rank \(view.rank) has no dimensions or is too large")
    }
    let shape = UnsafeBufferPointer(start: view.dims, count: Int(view.rank)).map { Int($0) }
    if type == .string {
      let texts = try strings(view)
      guard let tensor = Tensor(shape: shape, strings: texts) else {
        throw .invalidInput("\(texts.count) strings for shape \(shape)")
      }
      return tensor
    }
    guard view.byte_count == 0 || view.bytes != nil else { throw .invalidInput("no elements") }
    let bytes = [UInt8](UnsafeRawBufferPointer(start: view.bytes, count: view.byte_count))
    guard let tensor = Tensor(type: type, shape: shape, bytes: bytes) else {
      throw .invalidInput("\(bytes.count) bytes for \(type.name) of shape \(shape)")
    }
    return tensor
  }

  private static func strings(_ view: assay_tensor) throws(KernelError) -> [String] {
    guard view.string_count == 0 || view.strings != nil else { throw .invalidInput("no strings") }
    var result: [String] = []
    for text in UnsafeBufferPointer(start: view.strings, count: view.string_count) {
      guard let string = text.string else {
        throw .invalidInput("string \(result.count) is not UTF-8")
      }
      result.append(string)
    }
    return result
  }

  private static func sequence(
    _ view: assay_sequence, _ declared: ValueType, _ depth: Int
  ) throws(KernelError) -> Value {
    guard case .sequence(let element) = declared else {
      throw .invalidInput("is a sequence, declared is \(declared)")
    }
    guard view.count == 0 || view.elements != nil else { throw .invalidInput("no elements") }
    if view.count == 0, view.element_kind == ASSAY_KIND_TENSOR {
      guard let type = ElementType(rawValue: view.element_type), element == .tensor(type) else {
        throw .invalidInput("is an empty sequence of another type than \(element)")
      }
    }
    var elements: [Value] = []
    for item in UnsafeBufferPointer(start: view.elements, count: view.count) {
      guard let value = try read(item, declared: element, depth: depth + 1),
        value.type == element
      else {
        throw .invalidInput("element \(elements.count) is not \(element)")
      }
      elements.append(value)
    }
    return .sequence(elements, element: element)
  }

  private static func optional(
    _ view: assay_optional, _ declared: ValueType, _ depth: Int
  ) throws(KernelError) -> Value {
    guard case .optional(let content) = declared else {
      throw .invalidInput("is an optional, declared is \(declared)")
    }
    guard let pointer = view.value else { return .optional(nil, content: content) }
    guard let value = try read(pointer.pointee, declared: content, depth: depth + 1),
      value.type == content
    else {
      throw .invalidInput("the content is not \(content)")
    }
    return .optional(value, content: content)
  }

  private static func map(
    _ view: assay_map, _ declared: ValueType, _ depth: Int
  ) throws(KernelError) -> Value {
    guard case .map(let keyType, let valueType) = declared else {
      throw .invalidInput("is a map, declared is \(declared)")
    }
    guard let keyView = view.keys, let content = view.values else {
      throw .invalidInput("the map has no keys or no values")
    }
    let keys = try tensor(keyView.pointee)
    guard keys.type == keyType, keys.shape.count == 1 else {
      throw .invalidInput("the keys are not \(keyType.onnxName) of rank 1")
    }
    let values: [Value]
    if content.pointee.kind == ASSAY_KIND_TENSOR {
      let column = try tensor(content.pointee.tensor)
      var scalars: [Value] = []
      for position in 0..<column.count {
        scalars.append(.tensor(try Selection([position]).tensor(of: column, shape: [])))
      }
      values = scalars
    } else {
      let list = try read(
        content.pointee, declared: .sequence(valueType), depth: depth + 1)
      guard case .sequence(let elements, _) = list else {
        throw .invalidInput("the values are neither a tensor nor a sequence")
      }
      values = elements
    }
    guard values.count == keys.count, values.allSatisfy({ $0.type == valueType }) else {
      throw .invalidInput("the values do not fit the keys or are not \(valueType)")
    }
    return .map(keys: keys, values: values, value: valueType)
  }
}

extension assay_text {
  /// The text; nil when it is not UTF-8 or a length comes without bytes.
  var string: String? {
    guard length > 0 else { return "" }
    guard let bytes else { return nil }
    let buffer = UnsafeRawBufferPointer(start: bytes, count: length)
    return String(validating: buffer, as: UTF8.self)
  }
}
