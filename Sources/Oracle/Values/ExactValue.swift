package import Tensors

/// A value inside the oracle: a tensor, or a structure of values.
package indirect enum ExactValue: Sendable {
  case tensor(ExactTensor)
  case sequence([ExactValue], element: ValueType)
  case optional(ExactValue?, content: ValueType)

  /// The exact value of a stored one; maps are not values of the operators evaluated here.
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
    case .map: throw .unsupported("map values")
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
    }
  }

  /// The type of this value.
  package var type: ValueType {
    switch self {
    case .tensor(let tensor): .tensor(tensor.type)
    case .sequence(_, let element): .sequence(element)
    case .optional(_, let content): .optional(content)
    }
  }

  /// Applies a change to every tensor inside.
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
    }
  }
}
