import ExtendedArithmetic

/// The Hann window.
///
///     w[n] = ½ − ½·cos(2πn/N),   0 ≤ n < size
///
/// - (C1) N is the size when `periodic`, one less when not.
/// - (C2) `output_datatype` names the type; integers are truncated.
/// - (C3) The size is a scalar, and the length of the window.
/// - Source: onnx/onnx docs/Operators.md, HannWindow, and its function body.
enum HannWindowEvaluator: Evaluator {
  static let name = "HannWindow"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let factors = [DoubleDouble(0.5), DoubleDouble(0.5), .zero]
    return try CosineWindow(call, factors: factors).outcomes()
  }
}
