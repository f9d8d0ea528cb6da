import ExtendedArithmetic

/// The elementwise maximum of any number of tensors under multidirectional broadcasting.
///
///     y[i] = max(x_0[i], x_1[i], …)
///
/// - (C1) A NaN in any operand gives NaN, wherever it stands (register A1).
/// - (C2) The sign of a zero is free (register A3).
/// - Source: onnx/onnx docs/Operators.md, Max.
enum MaxEvaluator: Evaluator {
  static let name = "Max"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.extremum(reals: { $0.maximum }, integers: { Swift.max($0, $1) })
  }
}
