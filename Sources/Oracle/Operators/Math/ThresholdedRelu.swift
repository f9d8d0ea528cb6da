import ExtendedArithmetic

/// Each element above `alpha`, zero in place of the others.
///
///     y[i] = x[i]      where x[i] > alpha
///     y[i] = 0         otherwise
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) `alpha` itself gives zero, and so does NaN, which is not above it; the sign of a zero is
///   free.
/// - (C3) `alpha` is a float32, or that cast to the type of the input, as in the function body.
/// - Source: onnx/onnx docs/Operators.md, ThresholdedRelu.
enum ThresholdedReluEvaluator: Evaluator {
  static let name = "ThresholdedRelu"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.activation(["alpha": 1]) { (x, values) throws(EvaluationError) in
      .exact(try x.mapReals { $0 > values[0] ? $0 : .zero }, signedZero: false)
    }
  }
}
