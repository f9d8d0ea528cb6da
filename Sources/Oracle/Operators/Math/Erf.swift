/// The error function of each element.
///
///     y[i] = 2/√π · ∫_0^x[i] exp(−t²) dt
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The result lies in [−1, 1].
/// - Budget: 5 ulp (arm/tosa-specification, erf).
/// - Source: onnx/onnx docs/Operators.md, Erf.
enum ErfEvaluator: Evaluator {
  static let name = "Erf"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.elementary(.erf, ulps: 5, range: -1...1)
  }
}
