import Tensors

extension Call {
  /// The most elements of an output whose size is a number in an attribute or an input.
  private static let mostElements = 1 << 22

  /// The number of elements of an output of this shape.
  ///
  /// - Throws: `invalid` for a negative dimension, `unsupported` for more elements than the oracle
  ///   evaluates: goldens are small, and a size out of a hostile model has to end in an answer.
  func boundedCount(of shape: Shape) throws(EvaluationError) -> Int {
    guard shape.allSatisfy({ $0 >= 0 }) else {
      throw .invalid("\(node.operatorName): the shape \(shape)")
    }
    guard let count = shape.elementCount, count <= Self.mostElements else {
      throw .unsupported("\(node.operatorName) of more than 2^22 elements")
    }
    return count
  }
}
