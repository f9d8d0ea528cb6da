import ExtendedArithmetic

extension Call {
  /// A binary arithmetic operator over broadcast inputs: class R on floats, wrapping on integers.
  func arithmetic(
    reals: (DoubleDouble, DoubleDouble) -> DoubleDouble,
    integers: (Int128, Int128) -> Int128, signedZero: Bool = false
  ) throws(EvaluationError) -> [Outcome] {
    let (a, b, shape) = try ExactTensor.broadcast(try tensor(0), try tensor(1))
    guard a.type == b.type else {
      throw .invalid("\(node.operatorName) of \(a.type.onnxName) and \(b.type.onnxName)")
    }
    if a.isIntegral {
      let results = zip(try a.integers(), try b.integers()).map(integers)
      return [.exact(try ExactTensor(a.type, shape, integers: results).wrapped())]
    }
    let results = zip(try a.reals(), try b.reals()).map(reals)
    return [.rounded(ExactTensor(a.type, shape, reals: results), signedZero: signedZero)]
  }

  /// A one-argument elementary function: class E with its budget at level L2 in ulps.
  func elementary(
    _ function: Primitive, ulps: Double, range: ClosedRange<Double>? = nil
  ) throws(EvaluationError) -> [Outcome] {
    [.elementwise(try tensor(0).mapReals { function($0) }, ulps: ulps, range: range)]
  }
}
