package import Tensors

/// The keys that an operator of ai.onnx.ml states in one of two attributes.
package enum StatedKeys {
  /// - Throws: `invalidModel` for no list, two lists, and a key that stands in the list twice.
  package static func read(
    _ attributes: Attributes, integers: String, strings: String
  ) throws(KernelError) -> Tensor {
    let keys: Tensor
    switch (try attributes.ints(integers), try attributes.strings(strings)) {
    case (let numbers?, nil): keys = try .of(.i64, [numbers.count], numbers.map { Int64($0) })
    case (nil, let texts?): keys = try .of(strings: texts, [texts.count])
    default: throw .invalidModel("one of \(integers) and \(strings) is needed")
    }
    guard Set(keys.mapKeys).count == keys.count else {
      throw .invalidModel("a key is stated twice")
    }
    return keys
  }
}

extension Tensor {
  /// What stands where a map has no key: zero, or an empty text, as one element.
  package static func nothing(_ type: ElementType) throws(KernelError) -> Tensor {
    if type == .string { return try .of(strings: [""], []) }
    if type == .i64 { return try .of(.i64, [], [Int64(0)]) }
    return try .rounding([0.0], to: type, [])
  }
}
