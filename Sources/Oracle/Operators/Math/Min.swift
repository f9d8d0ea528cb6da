import ExtendedArithmetic

/// The elementwise minimum of any number of tensors under multidirectional broadcasting.
///
///     y[i] = min(x_0[i], x_1[i], …)
///
/// - (C1) A NaN in any operand gives NaN, wherever it stands (register A1).
/// - (C2) The sign of a zero is free (register A3).
/// - Source: onnx/onnx docs/Operators.md, Min.
enum MinEvaluator: Evaluator {
  static let name = "Min"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.extremum(reals: { $0.minimum }, integers: { Swift.min($0, $1) })
  }
}
