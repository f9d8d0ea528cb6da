import ExtendedArithmetic

/// The hyperbolic sine of each element.
///
///     y[i] = sinh(x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The result is infinite only where it is beyond the range, not where exp(x) is.
/// - Budget: 4 ulp, the OpenCL C full profile's bound for sinh.
/// - Source: onnx/onnx docs/Operators.md, Sinh.
enum SinhEvaluator: Evaluator {
  static let name = "Sinh"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(ulps: 4) { DoubleDouble.sinh($0) }
  }
}
