import ExtendedArithmetic

/// Operators that apply a function of one number to each element of their first input.
extension Call {
  /// A function without rounding: class X; integers wrap around.
  func exactly(
    signedZero: Bool = true, reals: (DoubleDouble) -> DoubleDouble,
    integers: ((Int128) -> Int128)? = nil
  ) throws(EvaluationError) -> [Outcome] {
    let x = try tensor(0)
    guard let integers, x.isIntegral else {
      return [.exact(try x.mapReals(reals), signedZero: signedZero)]
    }
    let results = try x.integers().map(integers)
    return [.exact(try ExactTensor(x.type, x.shape, integers: results).wrapped())]
  }

  /// A function that is rounded correctly: class R. The sign of a zero is judged.
  func rounded(
    _ function: (DoubleDouble) -> DoubleDouble
  ) throws(EvaluationError) -> [Outcome] {
    [.rounded(try tensor(0).mapReals(function), signedZero: true)]
  }

  /// A function within a budget at level L2 in ulps: class E.
  func elementary(
    ulps: Double, range: ClosedRange<Double>? = nil, _ function: (DoubleDouble) -> DoubleDouble
  ) throws(EvaluationError) -> [Outcome] {
    [.elementwise(try tensor(0).mapReals(function), ulps: ulps, range: range)]
  }

  /// A question about each floating-point number, answered with bools.
  func holds(_ test: (DoubleDouble) -> Bool) throws(EvaluationError) -> [Outcome] {
    let x = try tensor(0)
    return [.exact(ExactTensor(x.shape, bools: try x.reals().map(test)))]
  }
}
