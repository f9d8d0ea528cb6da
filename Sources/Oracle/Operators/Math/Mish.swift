import ExtendedArithmetic

/// Each element times the hyperbolic tangent of its softplus.
///
///     y[i] = x[i] · tanh(ln(1 + exp(x[i])))
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The negative tail follows x · exp(x), the result is x for large arguments.
/// - At −Inf the formula gives −Inf · 0 = NaN, its limit is 0: left open.
/// - Budget: 8 ulp. With n = exp(x) the tangent is (n² + 2n)/(n² + 2n + 2), whose relative error is
///   at most that of n: exp 3, six roundings of ½ each; plus |x| times half of the smallest
///   subnormal, where the tangent is one.
/// - Source: onnx/onnx docs/Operators.md, Mish.
enum MishEvaluator: Evaluator {
  static let name = "Mish"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let terms = try x.reals().map {
      x.type == .f64 || !$0.isFinite ? 0 : $0.high.magnitude * AbsoluteBudget.underflow
    }
    var outcome = Outcome.elementwise(
      try x.mapReals(value), ulps: 8, absolute: AbsoluteBudget.column(terms))
    outcome.undefined = OpenElements.mask(try x.reals().map { $0.high == -.infinity })
    return [outcome]
  }

  private static func value(_ x: DoubleDouble) -> DoubleDouble {
    // 1 − tanh is below 2·e^-80 from 40 on; far below zero the tangent is e^x to the last bit.
    if x.isNaN || x.high > 40 { return x }
    if x.high < -600 { return ExponentialTail.product(x, x) }
    let power = DoubleDouble.exp(x)
    let part = power * (power + 2)
    return x.multiplied(roundingOnceBy: part / (part + 2))
  }
}
