package import Tensors

/// A value inside the oracle: a tensor, or a structure of values.
package indirect enum ExactValue: Sendable {
  case tensor(ExactTensor)
  case sequence([ExactValue], element: ValueType)
  case optional(ExactValue?, content: ValueType)
  /// Keys of rank 1, integers or strings, each once, and a value for each in the same order.
  case map(keys: Tensor, values: ExactTensor)

  /// The exact value of a stored one.
  ///
  /// - Throws: `invalid` for a map in which a key comes twice, `unsupported` for values of a map
  ///   that are no scalars.
  package init(_ value: Value) throws(EvaluationError) {
    switch value {
    case .tensor(let tensor): self = .tensor(ExactTensor(tensor))
    case .sequence(let values, let element):
      var exact: [ExactValue] = []
      for value in values { exact.append(try ExactValue(value)) }
      self = .sequence(exact, element: element)
    case .optional(let content, let type):
      self = .optional(
        try content.map { (value) throws(EvaluationError) in try ExactValue(value) }, content: type)
    case .map(let keys, let values, let type):
      guard Set(keys.mapKeys).count == values.count, keys.count == values.count else {
        throw .invalid("a map with \(keys.count) keys, not all different, for \(values.count)")
      }
      guard let column = MapValues.joined(values, type: type) else {
        throw .unsupported("a map whose values are no scalars")
      }
      self = .map(keys: keys, values: ExactTensor(column))
    }
  }

  /// The stored value, every element rounded once to its type.
  package func rounded() throws(EvaluationError) -> Value {
    switch self {
    case .tensor(let tensor): return .tensor(try tensor.rounded())
    case .sequence(let values, let element):
      var stored: [Value] = []
      for value in values { stored.append(try value.rounded()) }
      return .sequence(stored, element: element)
    case .optional(let content, let type):
      return .optional(
        try content.map { (value) throws(EvaluationError) in try value.rounded() }, content: type)
    case .map(let keys, let values):
      guard let map = Value.map(keys: keys, column: try values.rounded()) else {
        throw .invalid("\(keys.count) keys for \(values.count) values")
      }
      return map
    }
  }

  /// The type of this value.
  package var type: ValueType {
    switch self {
    case .tensor(let tensor): .tensor(tensor.type)
    case .sequence(_, let element): .sequence(element)
    case .optional(_, let content): .optional(content)
    case .map(let keys, let values): .map(key: keys.type, value: .tensor(values.type))
    }
  }

  /// Applies a change to every tensor inside, keys of maps apart.
  package func mapTensors(
    _ change: (ExactTensor) throws(EvaluationError) -> ExactTensor
  ) throws(EvaluationError) -> ExactValue {
    switch self {
    case .tensor(let tensor): return .tensor(try change(tensor))
    case .sequence(let values, let element):
      var changed: [ExactValue] = []
      for value in values { changed.append(try value.mapTensors(change)) }
      return .sequence(changed, element: element)
    case .optional(let content, let type):
      guard let content else { return self }
      return .optional(try content.mapTensors(change), content: type)
    case .map(let keys, let values): return .map(keys: keys, values: try change(values))
    }
  }
}
