import ExtendedArithmetic

/// The positive part of each element.
///
///     y[i] = max(0, x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) NaN gives NaN, as in the maximum (register A1); the sign of a zero is free (register
///   A3).
/// - Source: onnx/onnx docs/Operators.md, Relu.
enum ReluEvaluator: Evaluator {
  static let name = "Relu"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.exactly(
      signedZero: false, reals: { $0.isNaN || $0 > .zero ? $0 : .zero },
      integers: { Swift.max(0, $0) })
  }
}
