import ExtendedArithmetic
import Tensors

/// A map that enters an operator of ai.onnx.ml: keys, each once, and their values.
struct MapInput {
  let keys: Tensor
  /// One value for each key, in the same order.
  let values: ExactTensor

  /// Reads the first input.
  init(_ call: Call) throws(EvaluationError) {
    guard case .map(let keys, let values) = try call.value(0) else {
      throw .invalid("\(call.node.operatorName) needs a map")
    }
    (self.keys, self.values) = (keys, values)
  }

  /// The one list of keys that an operator states, integers or texts.
  ///
  /// - Throws: `invalid` for no list or two, `unsupported` for a key that stands in it twice.
  static func statedKeys(
    _ call: Call, integers: String, strings: String
  ) throws(EvaluationError) -> Tensor {
    let name = call.node.operatorName
    let numbers = try call.ints(integers)
    let texts = try call.strings(strings)
    guard (numbers == nil) != (texts == nil) else {
      throw .invalid("\(name) needs one list of keys")
    }
    let keys =
      if let texts { Tensor(shape: [texts.count], strings: texts) } else {
        Tensor(
          type: .i64, shape: [numbers?.count ?? 0], wrapping: (numbers ?? []).map { Int128($0) })
      }
    guard let keys else { throw .invalid("\(name): the keys are no list") }
    guard Set(keys.mapKeys).count == keys.count else {
      throw .unsupported("\(name) with a key that is stated twice")
    }
    return keys
  }

  /// What stands where there is no key: zero, or an empty text.
  static func absent(_ type: ElementType) -> ExactTensor {
    switch type.meaning {
    case .string: ExactTensor([], strings: [""])
    case .float: ExactTensor(type, [], reals: [.zero])
    case .integer, .bool, .complex: ExactTensor(type, [], integers: [0])
    }
  }
}
