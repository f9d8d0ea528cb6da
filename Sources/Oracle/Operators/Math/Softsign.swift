import ExtendedArithmetic

/// Each element divided by one plus its magnitude.
///
///     y[i] = x[i] / (1 + |x[i]|)
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The result lies in [−1, 1].
/// - An infinity gives Inf / Inf = NaN by the formula, its limit is ±1: left open.
/// - Budget: 6 ulp; the sum and the quotient are ½ each, an approximate reciprocal may take the
///   rest.
/// - Source: onnx/onnx docs/Operators.md, Softsign.
enum SoftsignEvaluator: Evaluator {
  static let name = "Softsign"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    var outcome = Outcome.elementwise(
      try x.mapReals { $0 / (1 + $0.magnitude) }, ulps: 6, range: -1...1)
    outcome.undefined = OpenElements.mask(try x.reals().map(\.isInfinite))
    return [outcome]
  }
}
