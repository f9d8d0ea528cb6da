/// The sine of each element, in radians.
///
///     y[i] = sin(x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The result lies in [−1, 1] for every finite argument; an infinite one gives NaN.
/// - Budget: 4 ulp, the OpenCL C full profile's bound for sin.
/// - Source: onnx/onnx docs/Operators.md, Sin.
enum SinEvaluator: Evaluator {
  static let name = "Sin"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(.sin, ulps: 4, range: -1...1)
  }
}
