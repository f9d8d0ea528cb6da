import ExtendedArithmetic

/// The elementwise sum of two tensors under multidirectional broadcasting.
///
///     c[i] = a[i] + b[i]
///
/// - (C1) The shape of the output is the broadcast of the inputs' shapes.
/// - (C2) Integers wrap around (register A4).
/// - Source: onnx/onnx docs/Operators.md, Add.
enum AddEvaluator: Evaluator {
  static let name = "Add"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.arithmetic(reals: { $0 + $1 }, integers: { $0 &+ $1 })
  }
}
