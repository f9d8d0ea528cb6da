/// The hyperbolic tangent of each element.
///
///     y[i] = tanh(x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The result lies in [−1, 1].
/// - Budget: 5 ulp, the OpenCL C full profile's bound for tanh.
/// - Source: onnx/onnx docs/Operators.md, Tanh.
enum TanhEvaluator: Evaluator {
  static let name = "Tanh"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(.tanh, ulps: 5, range: -1...1)
  }
}
