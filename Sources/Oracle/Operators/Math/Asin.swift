import ExtendedArithmetic

/// The arc sine of each element, in radians.
///
///     y[i] = asin(x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) An argument outside of [−1, 1] gives NaN.
/// - Budget: 4 ulp, the OpenCL C full profile's bound for asin.
/// - Source: onnx/onnx docs/Operators.md, Asin.
enum AsinEvaluator: Evaluator {
  static let name = "Asin"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(ulps: 4) { DoubleDouble.asin($0) }
  }
}
