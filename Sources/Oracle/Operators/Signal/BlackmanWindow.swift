import ExtendedArithmetic

/// The Blackman window.
///
///     w[n] = 0.42 − 0.5·cos(2πn/N) + 0.08·cos(4πn/N),   0 ≤ n < size
///
/// - (C1) N is the size when `periodic`, one less when not.
/// - (C2) `output_datatype` names the type; integers are truncated.
/// - (C3) The size is a scalar, and the length of the window.
/// - Source: onnx/onnx docs/Operators.md, BlackmanWindow, and its function body.
enum BlackmanWindowEvaluator: Evaluator {
  static let name = "BlackmanWindow"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let factors = [21.0, 25, 4].map { DoubleDouble($0) / DoubleDouble(50.0) }
    return try CosineWindow(call, factors: factors).outcomes()
  }
}
