import ExtendedArithmetic

/// The hyperbolic cosine of each element.
///
///     y[i] = cosh(x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The result is at least 1, and infinite only where it is beyond the range.
/// - Budget: 4 ulp, the OpenCL C full profile's bound for cosh.
/// - Source: onnx/onnx docs/Operators.md, Cosh.
enum CoshEvaluator: Evaluator {
  static let name = "Cosh"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(ulps: 4, range: 1...(.infinity)) { DoubleDouble.cosh($0) }
  }
}
