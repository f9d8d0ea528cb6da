import ExtendedArithmetic

/// The elementwise product of two tensors under multidirectional broadcasting.
///
///     c[i] = a[i] · b[i]
///
/// - (C1) The shape of the output is the broadcast of the inputs' shapes.
/// - (C2) Integers wrap around (register A4).
/// - Source: onnx/onnx docs/Operators.md, Mul.
enum MulEvaluator: Evaluator {
  static let name = "Mul"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.arithmetic(
      reals: { Binary64.product($0, $1) }, integers: { $0 &* $1 }, signedZero: true)
  }
}
