import Tensors

/// Each element replaced by the value that belongs to it, or by a default.
enum LabelEncoderKernel: OperatorKernel {
  static let name = "LabelEncoder"
  static let domain = "ai.onnx.ml"
  static let versions = [1, 2, 4]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    guard declaration.version == 1 else {
      return [.tensor(try list("values", declaration.attributes).type)]
    }
    guard let type = declaration.inputTypes.first ?? nil else { return [nil] }
    return [.tensor(type == .tensor(.string) ? .i64 : .string)]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let keys: Tensor
    let values: Tensor
    if call.version == 1 {
      let texts = try call.attributes.strings("classes_strings") ?? []
      let numbers = try Tensor.of(.i64, [texts.count], texts.indices.map { Int64($0) })
      let strings = try Tensor.of(strings: texts, [texts.count])
      (keys, values) = x.type == .string ? (strings, numbers) : (numbers, strings)
    } else {
      keys = try list("keys", call.attributes)
      values = try list("values", call.attributes)
    }
    guard keys.type == x.type else {
      throw .invalidModel("keys of \(keys.type.onnxName) for an input of \(x.type.onnxName)")
    }
    guard keys.count == values.count else {
      throw .invalidModel("\(keys.count) keys for \(values.count) values")
    }
    let fallback = try fallback(values.type, call.attributes)
    let lookup = try LabelLookup(keys, call.version >= 4 ? .value : .bits)
    return [.tensor(try lookup.values(for: x, in: values, fallback: fallback))]
  }

  /// The one list that the node states, as a vector.
  private static func list(
    _ prefix: String, _ attributes: Attributes
  ) throws(KernelError) -> Tensor {
    var lists: [Tensor] = []
    if let texts = try attributes.strings(prefix + "_strings") {
      lists.append(try .of(strings: texts, [texts.count]))
    }
    if let numbers = try attributes.ints(prefix + "_int64s") {
      lists.append(try .of(.i64, [numbers.count], numbers.map { Int64($0) }))
    }
    if let numbers = try attributes.floats(prefix + "_floats") {
      lists.append(try .of(.f32, [numbers.count], numbers))
    }
    if let tensor = try attributes.tensor(prefix + "_tensor") { lists.append(tensor) }
    guard lists.count == 1, lists[0].shape.count == 1 else {
      throw .invalidModel("one list of \(prefix) is needed, \(lists.count) are stated")
    }
    return lists[0]
  }

  private static func fallback(
    _ type: ElementType, _ attributes: Attributes
  ) throws(KernelError) -> Tensor {
    if let tensor = try attributes.tensor("default_tensor") {
      guard tensor.type == type, tensor.count == 1 else {
        throw .invalidModel("a default of \(tensor.type.onnxName) for \(type.onnxName)")
      }
      return tensor
    }
    if type == .string {
      return try .of(
        strings: [try attributes.string("default_string", default: "_Unused")], [])
    }
    if type.isFloat {
      let value = type == .f32 ? try attributes.float("default_float", default: -0.0) : -0.0
      return try .rounding([value], to: type, [])
    }
    let value = type == .i64 ? try attributes.int("default_int64", default: -1) : -1
    return try .wrapping([Int64(value)], to: type, [])
  }
}
