import ExtendedArithmetic

/// Whether each element is NaN.
///
///     y[i] = (x[i] is NaN)
///
/// - (C1) The output is a bool tensor of the shape of the input.
/// - (C2) Every NaN is one, whatever its sign and payload; nothing else is.
/// - Source: onnx/onnx docs/Operators.md, IsNaN.
enum IsNaNEvaluator: Evaluator {
  static let name = "IsNaN"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.holds { $0.isNaN }
  }
}
