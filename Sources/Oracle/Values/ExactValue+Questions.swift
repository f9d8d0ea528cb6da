import NumericFormats
import Tensors

extension ExactValue {
  /// Whether the value holds floating-point elements anywhere.
  var hasReals: Bool {
    switch self {
    case .tensor(let tensor), .map(_, let tensor):
      switch tensor.elements {
      case .reals, .complex: true
      case .integers, .strings: false
      }
    case .sequence(let values, _): values.contains { $0.hasReals }
    case .optional(let content, _): content?.hasReals ?? false
    }
  }

  /// Whether every real element is exactly a value of its element type.
  func isRepresentable() throws(EvaluationError) -> Bool {
    var answer = true
    _ = try mapTensors { (tensor) throws(EvaluationError) in
      if let format = tensor.type.floatFormat, case .reals(let reals) = tensor.elements {
        answer =
          answer
          && reals.allSatisfy { $0.isNaN || ($0.low == 0 && format.round($0.high) == $0.high) }
      }
      return tensor
    }
    return answer
  }

  /// Whether any real element is subnormal in its type.
  func hasSubnormals() throws(EvaluationError) -> Bool {
    var answer = false
    _ = try mapTensors { (tensor) throws(EvaluationError) in
      if let format = tensor.type.floatFormat, case .reals(let reals) = tensor.elements {
        answer =
          answer
          || reals.contains { $0.high != 0 && $0.high.magnitude < format.smallestNormal }
      }
      return tensor
    }
    return answer
  }

  /// The value with every subnormal element replaced by a zero of its sign.
  func flushingSubnormals() throws(EvaluationError) -> ExactValue {
    try mapTensors { (tensor) throws(EvaluationError) in
      guard let format = tensor.type.floatFormat else { return tensor }
      return try tensor.mapReals { x in
        x.high != 0 && x.high.magnitude < format.smallestNormal
          ? .init(x.high.sign == .minus ? -0.0 : 0.0) : x
      }
    }
  }
}
