import ExtendedArithmetic

/// Each element with its sign flipped.
///
///     y[i] = −x[i]
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) Zeros and infinities change their sign.
/// - (C3) Integers wrap around: the least one stays what it is (register A4).
/// - Source: onnx/onnx docs/Operators.md, Neg.
enum NegEvaluator: Evaluator {
  static let name = "Neg"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.exactly(reals: { -$0 }, integers: { -$0 })
  }
}
