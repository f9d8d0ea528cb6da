extension Call {
  /// An index in [−length, length), made non-negative.
  func position(_ index: Int, length: Int) throws(EvaluationError) -> Int {
    guard index >= -length, index < length else {
      throw .invalid("\(node.operatorName): index \(index) lies outside \(length) elements")
    }
    return index < 0 ? index + length : index
  }
}
