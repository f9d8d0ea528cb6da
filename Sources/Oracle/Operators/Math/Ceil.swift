import ExtendedArithmetic

/// The smallest integer not below each element.
///
///     y[i] = ⌈x[i]⌉
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) Integers, infinities, NaN and zeros stay as they are; a zero result has the sign of x.
/// - Source: onnx/onnx docs/Operators.md, Ceil.
enum CeilEvaluator: Evaluator {
  static let name = "Ceil"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.exactly(reals: { $0.rounded(.up) })
  }
}
