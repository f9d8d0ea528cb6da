import ExtendedArithmetic

/// The arc tangent of each element, in radians.
///
///     y[i] = atan(x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The infinities give ±π/2.
/// - Budget: 5 ulp, the OpenCL C full profile's bound for atan.
/// - Source: onnx/onnx docs/Operators.md, Atan.
enum AtanEvaluator: Evaluator {
  static let name = "Atan"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(ulps: 5) { DoubleDouble.atan($0) }
  }
}
