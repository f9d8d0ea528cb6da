import BackendABI
import Tensors

/// Copies values out of the memory of a library, believing none of its claims.
///
/// What can be checked is checked before the memory behind it is touched. Addresses cannot be
/// checked; a wrong one ends the process, which is what the process is for.
struct OutputReader {
  /// Bytes all outputs may still take together; a self-containing value would take all memory.
  private var budget: Int

  init(limit: Int) { budget = limit }

  /// Reads the list of outputs.
  /// - Parameter types: what the model says about them; empty when it is not known.
  /// - Throws: `Refusal` with status `malformed`, naming the output and the claim.
  mutating func values(
    _ list: UnsafePointer<assay_value>?, count: Int, types: [ValueType?]
  ) throws(Refusal) -> [Value] {
    guard count > 0 else { return [] }
    guard let list else { throw malformed("the outputs", "\(count) values at no address") }
    try spend(count, of: MemoryLayout<assay_value>.stride, "the outputs")
    var values: [Value] = []
    for index in 0..<count {
      let type = index < types.count ? types[index] : nil
      values.append(try value(list[index], expecting: type, depth: 0, "output \(index)"))
    }
    return values
  }

  private mutating func value(
    _ laid: assay_value, expecting type: ValueType?, depth: Int, _ place: String
  ) throws(Refusal) -> Value {
    guard depth < Int(ASSAY_MAX_NESTING) else {
      throw malformed(place, "nests deeper than \(ASSAY_MAX_NESTING) values")
    }
    switch laid.kind {
    case ASSAY_KIND_TENSOR: return .tensor(try tensor(laid.tensor, place))
    case ASSAY_KIND_SEQUENCE:
      return try sequence(laid.sequence, expecting: type, depth: depth, place)
    case ASSAY_KIND_OPTIONAL:
      return try optional(laid.optional, expecting: type, depth: depth, place)
    case ASSAY_KIND_MAP: return try map(laid.map, expecting: type, depth: depth, place)
    case ASSAY_KIND_ABSENT: throw malformed(place, "absent")
    default: throw malformed(place, "unknown kind \(laid.kind)")
    }
  }

  private mutating func sequence(
    _ laid: assay_sequence, expecting type: ValueType?, depth: Int, _ place: String
  ) throws(Refusal) -> Value {
    var element: ValueType?
    if case .sequence(let expected) = type { element = expected }
    var values: [Value] = []
    if laid.count > 0 {
      guard let elements = laid.elements else {
        throw malformed(place, "\(laid.count) elements at no address")
      }
      try spend(laid.count, of: MemoryLayout<assay_value>.stride, place)
      for index in 0..<laid.count {
        values.append(
          try value(
            elements[index], expecting: element, depth: depth + 1, "\(place) element \(index)"))
      }
    }
    if let first = values.first { return try list(values, of: first.type, place) }
    if laid.element_kind == ASSAY_KIND_TENSOR {
      return .sequence([], element: .tensor(try elementType(laid.element_type, place)))
    }
    guard let element, element.abiKind == laid.element_kind else {
      throw malformed(place, "empty, and the model does not say what it could hold")
    }
    return .sequence([], element: element)
  }

  private func list(
    _ values: [Value], of type: ValueType, _ place: String
  ) throws(Refusal) -> Value {
    for (index, value) in values.enumerated() where value.type != type {
      throw malformed(place, "element \(index) is \(value.type), the first is \(type)")
    }
    return .sequence(values, element: type)
  }

  private mutating func optional(
    _ laid: assay_optional, expecting type: ValueType?, depth: Int, _ place: String
  ) throws(Refusal) -> Value {
    var content: ValueType?
    if case .optional(let expected) = type { content = expected }
    if let present = laid.value {
      let value = try value(present.pointee, expecting: content, depth: depth + 1, place)
      return .optional(value, content: value.type)
    }
    guard let content else {
      throw malformed(place, "missing, and the model does not say what it could be")
    }
    return .optional(nil, content: content)
  }

  private mutating func map(
    _ laid: assay_map, expecting type: ValueType?, depth: Int, _ place: String
  ) throws(Refusal) -> Value {
    guard let keyPlace = laid.keys, let valuePlace = laid.values else {
      throw malformed(place, "a map without keys or values")
    }
    var expected: ValueType?
    if case .map(_, let value) = type { expected = .sequence(value) }
    let keys = try tensor(keyPlace.pointee, "\(place) keys")
    guard keys.type == .string || keys.type.isInteger, keys.shape.count == 1 else {
      throw malformed(place, "keys are no list of integers or strings")
    }
    let list = try value(
      valuePlace.pointee, expecting: expected, depth: depth + 1, "\(place) values")
    let values: [Value]
    let valueType: ValueType
    switch list {
    case .sequence(let elements, let element): (values, valueType) = (elements, element)
    case .tensor(let tensor):
      guard let scalars = MapValues.separated(tensor) else {
        throw malformed(place, "values are no list")
      }
      (values, valueType) = (scalars, .tensor(tensor.type))
    case .optional, .map: throw malformed(place, "values are no list")
    }
    guard values.count == keys.count else {
      throw malformed(place, "\(keys.count) keys and \(values.count) values")
    }
    return .map(keys: keys, values: values, value: valueType)
  }
}

// MARK: - Tensors

extension OutputReader {
  private mutating func tensor(
    _ laid: assay_tensor, _ place: String
  ) throws(Refusal) -> Tensor {
    let type = try elementType(laid.element_type, place)
    let shape = try self.shape(laid.dims, rank: laid.rank, place)
    if type == .string { return try strings(laid, shape: shape, place) }
    let size = try byteCount(type, shape, place)
    guard laid.byte_count == size else {
      throw malformed(
        place, "\(laid.byte_count) bytes; \(type.onnxName) \(shape) takes \(size)")
    }
    try spend(size, of: 1, place)
    guard size > 0 else { return try made(Tensor(type: type, shape: shape, bytes: []), place) }
    guard let bytes = laid.bytes else { throw malformed(place, "\(size) bytes at no address") }
    let copy = [UInt8](UnsafeRawBufferPointer(start: bytes, count: size))
    return try made(Tensor(type: type, shape: shape, bytes: copy), place)
  }

  private mutating func strings(
    _ laid: assay_tensor, shape: Shape, _ place: String
  ) throws(Refusal) -> Tensor {
    let count = shape.elementCount ?? 0
    guard laid.string_count == count else {
      throw malformed(place, "\(laid.string_count) strings; the shape \(shape) takes \(count)")
    }
    guard count > 0 else { return try made(Tensor(shape: shape, strings: []), place) }
    guard let texts = laid.strings else { throw malformed(place, "strings at no address") }
    try spend(count, of: MemoryLayout<assay_text>.stride, place)
    var strings: [String] = []
    for index in 0..<count {
      guard let string = texts[index].string(limit: budget) else {
        throw malformed(place, "string \(index) is no valid UTF-8, too long or at no address")
      }
      try spend(texts[index].length, of: 1, place)
      strings.append(string)
    }
    return try made(Tensor(shape: shape, strings: strings), place)
  }

  /// The element type of a number; foreign numbers may be newer than this package.
  func elementType(_ number: Int32, _ place: String) throws(Refusal) -> ElementType {
    guard let type = ElementType(rawValue: number) else {
      throw malformed(place, "unknown element type \(number)")
    }
    return type
  }

  /// The dimensions at an address, none negative, with a product that is a number.
  func shape(
    _ dims: UnsafePointer<Int64>?, rank: UInt32, _ place: String
  ) throws(Refusal) -> Shape {
    guard rank <= ASSAY_MAX_RANK else {
      throw malformed(place, "rank \(rank), at most \(ASSAY_MAX_RANK) is allowed")
    }
    guard rank > 0 else { return [] }
    guard let dims else { throw malformed(place, "\(rank) dimensions at no address") }
    let shape = (0..<Int(rank)).map { Int(dims[$0]) }
    guard shape.elementCount != nil else {
      throw malformed(place, "impossible shape \(shape)")
    }
    return shape
  }

  /// The bytes of a tensor that is not of strings.
  func byteCount(
    _ type: ElementType, _ shape: Shape, _ place: String
  ) throws(Refusal) -> Int {
    guard let count = shape.elementCount, let size = type.byteCount(of: count) else {
      throw malformed(place, "impossible shape \(shape) for \(type.onnxName)")
    }
    return size
  }

  private func made(_ tensor: Tensor?, _ place: String) throws(Refusal) -> Tensor {
    guard let tensor else { throw malformed(place, "type, shape and size do not fit") }
    return tensor
  }

  private mutating func spend(
    _ count: Int, of size: Int, _ place: String
  ) throws(Refusal) {
    let (total, overflow) = count.multipliedReportingOverflow(by: size)
    guard count >= 0, !overflow, total <= budget else {
      throw malformed(place, "more than a frame may hold")
    }
    budget -= total
  }

  private func malformed(_ place: String, _ claim: String) -> Refusal {
    Refusal(.malformed, message: "\(place): \(claim)")
  }
}

extension OutputReader {
  /// Whether reading a list of outputs may need what the model says about them.
  static func needsTypes(_ list: UnsafePointer<assay_value>?, _ count: Int) -> Bool {
    // Tensors say everything themselves, and a list too long to be looked at twice is refused.
    guard let list, count > 0, count <= 1 << 20 else { return false }
    return (0..<count).contains { list[$0].kind != ASSAY_KIND_TENSOR }
  }
}
