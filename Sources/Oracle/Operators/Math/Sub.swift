import ExtendedArithmetic

/// The elementwise difference of two tensors under multidirectional broadcasting.
///
///     c[i] = a[i] − b[i]
///
/// - (C1) The shape of the output is the broadcast of the inputs' shapes.
/// - (C2) Integers wrap around (register A4).
/// - Source: onnx/onnx docs/Operators.md, Sub.
enum SubEvaluator: Evaluator {
  static let name = "Sub"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.arithmetic(reals: { $0 - $1 }, integers: { $0 &- $1 })
  }
}
