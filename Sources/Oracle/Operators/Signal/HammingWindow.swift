import ExtendedArithmetic

/// The Hamming window.
///
///     w[n] = 25/46 − 21/46·cos(2πn/N),   0 ≤ n < size
///
/// - (C1) N is the size when `periodic`, one less when not.
/// - (C2) `output_datatype` names the type; integers are truncated.
/// - (C3) The size is a scalar, and the length of the window.
/// - Source: onnx/onnx docs/Operators.md, HammingWindow, and its function body.
enum HammingWindowEvaluator: Evaluator {
  static let name = "HammingWindow"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let factors = [25.0, 21, 0].map { DoubleDouble($0) / DoubleDouble(46.0) }
    return try CosineWindow(call, factors: factors).outcomes()
  }
}
