import Tensors

/// Strings turned to integers, or integers to strings, by two parallel lists.
enum CategoryMapperKernel: OperatorKernel {
  static let name = "CategoryMapper"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    guard let type = declaration.inputTypes.first ?? nil else { return [nil] }
    return [.tensor(type == .tensor(.string) ? .i64 : .string)]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let numbers = try call.ints("cats_int64s") ?? []
    let texts = try call.attributes.strings("cats_strings") ?? []
    guard numbers.count == texts.count else {
      throw .invalidModel("\(numbers.count) integers for \(texts.count) strings")
    }
    let integers = try Tensor.of(.i64, [numbers.count], numbers.map { Int64($0) })
    let strings = try Tensor.of(strings: texts, [texts.count])
    if x.type == .string {
      let fallback = Int64(try call.int("default_int64", default: -1))
      let lookup = try LabelLookup(strings, .bits)
      return [
        .tensor(try lookup.values(for: x, in: integers, fallback: .of(.i64, [], [fallback])))
      ]
    }
    let fallback = try call.string("default_string", default: "_Unused")
    let lookup = try LabelLookup(integers, .bits)
    return [
      .tensor(try lookup.values(for: x, in: strings, fallback: .of(strings: [fallback], [])))
    ]
  }
}
