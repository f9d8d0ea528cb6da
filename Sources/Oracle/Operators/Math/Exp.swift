/// The exponential of each element.
///
///     y[i] = exp(x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - Budget: 3 ulp, the OpenCL C full profile's bound for exp.
/// - Source: onnx/onnx docs/Operators.md, Exp.
enum ExpEvaluator: Evaluator {
  static let name = "Exp"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(.exp, ulps: 3, range: 0...(.infinity))
  }
}
