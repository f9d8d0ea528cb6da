/// The logarithm of one plus the exponential of each element.
///
///     y[i] = ln(exp(x[i]) + 1)
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The result is finite for every finite argument; the negative tail follows exp(x) down to
///   subnormal numbers.
/// - Budget: 6 ulp by max(x, 0) + log1p(exp(−|x|)): exp 3, log1p 3 of a part that is at most the
///   result. The formula as written loses the tail and overflows; that is no decomposition.
/// - Source: onnx/onnx docs/Operators.md, Softplus.
enum SoftplusEvaluator: Evaluator {
  static let name = "Softplus"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(.softplus, ulps: 6, range: 0...(.infinity))
  }
}
