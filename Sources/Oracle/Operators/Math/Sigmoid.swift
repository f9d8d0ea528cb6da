/// The logistic function of each element.
///
///     y[i] = 1 / (1 + exp(−x[i]))
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The result lies in [0, 1]; the negative tail follows exp(x) down to subnormal numbers.
/// - Budget: 5 ulp = exp 3 + add ½ + divide ½, rounded up to one ulp more.
/// - Source: onnx/onnx docs/Operators.md, Sigmoid.
enum SigmoidEvaluator: Evaluator {
  static let name = "Sigmoid"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(.sigmoid, ulps: 5, range: 0...1)
  }
}
