import ExtendedArithmetic

/// The arc cosine of each element, in radians.
///
///     y[i] = acos(x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) An argument outside of [−1, 1] gives NaN; the result is never negative, and 0 at 1.
/// - Budget: 4 ulp, the OpenCL C full profile's bound for acos.
/// - Source: onnx/onnx docs/Operators.md, Acos.
enum AcosEvaluator: Evaluator {
  static let name = "Acos"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(ulps: 4, range: 0...(.infinity)) { DoubleDouble.acos($0) }
  }
}
