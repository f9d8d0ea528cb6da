import ExtendedArithmetic

/// Each element, multiplied by `alpha` where it is negative.
///
///     y[i] = x[i]              where x[i] ≥ 0
///     y[i] = alpha · x[i]      where x[i] < 0
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) One product, rounded correctly; selection and product keep the sign of a zero.
/// - (C3) `alpha` is a float32, or that cast to the type of the input: "AlphaCast = CastLike
///   (Alpha, X)" in the function body of version 16.
/// - Source: onnx/onnx docs/Operators.md, LeakyRelu.
enum LeakyReluEvaluator: Evaluator {
  static let name = "LeakyRelu"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.activation(["alpha": 0.01]) { (x, values) throws(EvaluationError) in
      .rounded(
        try x.mapReals { $0 < .zero ? Binary64.product(values[0], $0) : $0 }, signedZero: true)
    }
  }
}
