import Tensors

extension Call {
  /// The elements and the element type of a required sequence input.
  func sequence(
    _ position: Int
  ) throws(EvaluationError) -> (elements: [ExactValue], type: ValueType) {
    guard case .sequence(let elements, let type) = try value(position) else {
      throw .invalid("input \(position) of \(node.operatorName) is no sequence")
    }
    return (elements, type)
  }

  /// The tensors of a required sequence input.
  func tensorsOfSequence(_ position: Int) throws(EvaluationError) -> [ExactTensor] {
    var tensors: [ExactTensor] = []
    for element in try sequence(position).elements {
      guard case .tensor(let tensor) = element else {
        throw .invalid("\(node.operatorName) of a sequence that does not hold tensors")
      }
      tensors.append(tensor)
    }
    return tensors
  }
}

extension Outcome {
  /// A value that is passed on unchanged: class X.
  static func passed(_ value: ExactValue) -> Outcome {
    var outcome = Outcome(value, .exact)
    outcome.signedZero = true
    return outcome
  }

  /// A sequence of tensors: class X.
  static func sequence(_ tensors: [ExactTensor], of type: ElementType) -> Outcome {
    passed(.sequence(tensors.map { .tensor($0) }, element: .tensor(type)))
  }
}
