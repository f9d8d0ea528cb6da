import ExtendedArithmetic

/// The tangent of each element, in radians.
///
///     y[i] = tan(x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) Every finite argument has a finite tangent, since π/2 is none; an infinite one gives NaN.
/// - Budget: 5 ulp, the OpenCL C full profile's bound for tan.
/// - Source: onnx/onnx docs/Operators.md, Tan.
enum TanEvaluator: Evaluator {
  static let name = "Tan"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(ulps: 5) { DoubleDouble.tan($0) }
  }
}
