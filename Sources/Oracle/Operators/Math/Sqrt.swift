import ExtendedArithmetic

/// The square root of each element.
///
///     y[i] = √x[i]
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) −0 gives −0, a negative number NaN.
/// - (C3) The result is rounded correctly.
/// - Source: onnx/onnx docs/Operators.md, Sqrt.
enum SqrtEvaluator: Evaluator {
  static let name = "Sqrt"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.rounded { DoubleDouble.sqrt($0) }
  }
}
