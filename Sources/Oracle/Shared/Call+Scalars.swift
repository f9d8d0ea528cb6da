import Tensors

extension Call {
  /// The integer of an optional input of one element.
  func scalar(_ position: Int) throws(EvaluationError) -> Int? {
    guard let tensor = try optionalTensor(position) else { return nil }
    let values = try tensor.ints()
    guard values.count == 1 else {
      throw .invalid("input \(position) of \(node.operatorName) has shape \(tensor.shape)")
    }
    return values[0]
  }
}
