import ExtendedArithmetic

/// The inverse hyperbolic tangent of each element.
///
///     y[i] = atanh(x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) ±1 gives the infinity of its sign, an argument beyond NaN.
/// - Budget: 5 ulp, the OpenCL C full profile's bound for atanh.
/// - Source: onnx/onnx docs/Operators.md, Atanh.
enum AtanhEvaluator: Evaluator {
  static let name = "Atanh"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(ulps: 5) { DoubleDouble.atanh($0) }
  }
}
