import ExtendedArithmetic

/// The inverse hyperbolic cosine of each element.
///
///     y[i] = acosh(x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) An argument below 1 gives NaN; the result is never negative, and 0 at 1.
/// - Budget: 4 ulp, the OpenCL C full profile's bound for acosh.
/// - Source: onnx/onnx docs/Operators.md, Acosh.
enum AcoshEvaluator: Evaluator {
  static let name = "Acosh"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(ulps: 4, range: 0...(.infinity)) { DoubleDouble.acosh($0) }
  }
}
