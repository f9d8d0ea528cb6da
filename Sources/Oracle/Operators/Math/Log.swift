/// The natural logarithm of each element.
///
///     y[i] = ln(x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) Zero gives −Inf, a negative number NaN.
/// - Budget: 3 ulp, the OpenCL C full profile's bound for log.
/// - Source: onnx/onnx docs/Operators.md, Log.
enum LogEvaluator: Evaluator {
  static let name = "Log"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(.log, ulps: 3)
  }
}
