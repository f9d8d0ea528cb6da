import ExtendedArithmetic

/// The cosine of each element, in radians.
///
///     y[i] = cos(x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The result lies in [−1, 1] for every finite argument; an infinite one gives NaN.
/// - Budget: 4 ulp, the OpenCL C full profile's bound for cos.
/// - Source: onnx/onnx docs/Operators.md, Cos.
enum CosEvaluator: Evaluator {
  static let name = "Cos"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(ulps: 4, range: -1...1) { DoubleDouble.cos($0) }
  }
}
