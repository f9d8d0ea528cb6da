import ExtendedArithmetic
import Spec
import Tensors

// Operators over pairs of elements whose results are exact: relations, bits, extrema.
extension Call {
  /// Whether a relation holds for each pair of broadcast elements; class X.
  ///
  /// Reals are compared by their binary64 values, which hold every element type exactly, so that an
  /// ordered relation with NaN is false and zeros of both signs are equal.
  func relation(
    reals: (Double, Double) -> Bool, integers: (Int128, Int128) -> Bool
  ) throws(EvaluationError) -> [Outcome] {
    let (a, b, shape) = try operands()
    let answers =
      a.isIntegral
      ? zip(try a.integers(), try b.integers()).map(integers)
      : zip(try a.reals(), try b.reals()).map { reals($0.high, $1.high) }
    return [.exact(ExactTensor(shape, bools: answers))]
  }

  /// A function of truth values for each pair of broadcast bools; class X.
  func logical(_ function: (Bool, Bool) -> Bool) throws(EvaluationError) -> [Outcome] {
    let (a, b, shape) = try operands()
    let pairs = zip(try a.integers(), try b.integers())
    return [.exact(ExactTensor(shape, bools: pairs.map { function($0 != 0, $1 != 0) }))]
  }

  /// A function of the bits of each pair of broadcast integers; class X.
  ///
  /// Elements carry their sign into all 128 bits, the result keeps those of its width.
  func bitwise(
    _ function: (Int128, Int128) -> Int128
  ) throws(EvaluationError) -> [Outcome] {
    let (a, b, shape) = try operands()
    let results = zip(try a.integers(), try b.integers()).map(function)
    return [.exact(try ExactTensor(a.type, shape, integers: results).wrapped())]
  }

  /// The extreme element of any number of broadcast tensors; class X, the sign of a zero is free.
  func extremum(
    reals: ([DoubleDouble]) -> DoubleDouble, integers: (Int128, Int128) -> Int128
  ) throws(EvaluationError) -> [Outcome] {
    let inputs = try tensors()
    guard var result = inputs.first else {
      throw .invalid("\(node.operatorName) needs at least one input")
    }
    for input in inputs.dropFirst() {
      let (a, b, shape) = try operands(result, input)
      if a.isIntegral {
        let values = zip(try a.integers(), try b.integers()).map(integers)
        result = ExactTensor(a.type, shape, integers: values)
      } else {
        let values = zip(try a.reals(), try b.reals()).map { reals([$0, $1]) }
        result = ExactTensor(a.type, shape, reals: values)
      }
    }
    return [.exact(result, signedZero: false)]
  }

  /// The first two inputs under their common shape.
  func operands() throws(EvaluationError) -> (ExactTensor, ExactTensor, Shape) {
    try operands(try tensor(0), try tensor(1))
  }

  /// Two tensors of one type under their common shape.
  private func operands(
    _ a: ExactTensor, _ b: ExactTensor
  ) throws(EvaluationError) -> (ExactTensor, ExactTensor, Shape) {
    guard a.type == b.type else {
      throw .invalid("\(node.operatorName) of \(a.type.onnxName) and \(b.type.onnxName)")
    }
    return try ExactTensor.broadcast(a, b)
  }
}
