import ExtendedArithmetic

/// The inverse hyperbolic sine of each element.
///
///     y[i] = asinh(x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The result is finite for every finite argument and odd.
/// - Budget: 4 ulp, the OpenCL C full profile's bound for asinh.
/// - Source: onnx/onnx docs/Operators.md, Asinh.
enum AsinhEvaluator: Evaluator {
  static let name = "Asinh"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(ulps: 4) { DoubleDouble.asinh($0) }
  }
}
