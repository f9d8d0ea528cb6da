import ExtendedArithmetic

/// One divided by each element.
///
///     y[i] = 1 / x[i]
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) A zero gives the infinity of its sign, an infinity the zero of its sign.
/// - (C3) The result is rounded correctly.
/// - Source: onnx/onnx docs/Operators.md, Reciprocal.
enum ReciprocalEvaluator: Evaluator {
  static let name = "Reciprocal"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.rounded { Binary64.quotient(1, $0) }
  }
}
