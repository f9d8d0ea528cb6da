import ExtendedArithmetic
import Tensors

extension Call {
  /// The sum of any number of broadcast tensors, or their mean; class D.
  ///
  /// - Height: one addition fewer than tensors, and the division of a mean.
  func total(isMean: Bool) throws(EvaluationError) -> [Outcome] {
    let inputs = try tensors()
    guard let type = inputs.first?.type else {
      throw .invalid("\(node.operatorName) needs at least one input")
    }
    var shape = Shape()
    for input in inputs {
      guard input.type == type else {
        throw .invalid("\(node.operatorName) of \(type.onnxName) and \(input.type.onnxName)")
      }
      guard let common = shape.broadcast(with: input.shape) else {
        throw .invalid("the shapes \(shape) and \(input.shape) do not broadcast")
      }
      shape = common
    }
    var addends: [[DoubleDouble]] = []
    for input in inputs { addends.append(try input.broadcast(to: shape).reals()) }
    var output = AccumulatedTensor(hasProducts: false)
    for position in 0..<(shape.elementCount ?? 0) {
      output.append(
        ExactSum(addends.map { $0[position] }), height: addends.count - 1,
        dividedBy: isMean ? addends.count : 1)
    }
    return [output.outcome(type, shape)]
  }
}
