import ExtendedArithmetic

/// A line cut to [0, 1].
///
///     y[i] = max(0, min(1, alpha · x[i] + beta))
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The result lies in [0, 1]; NaN gives NaN, as in Max and Min (register A1).
/// - (C3) `alpha` and `beta` are float32 numbers, or those cast to the type of the input, as in
///   the function body.
/// - Budget: 6 ulp plus u_c·|alpha · x|, half an ulp of the product at most: it stays behind where
///   the sum cancels.
/// - Source: onnx/onnx docs/Operators.md, HardSigmoid.
enum HardSigmoidEvaluator: Evaluator {
  static let name = "HardSigmoid"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.activation(["alpha": 0.2, "beta": 0.5]) { (x, values) throws(EvaluationError) in
      let line = ClampedLine(alpha: values[0], beta: values[1])
      let terms = try x.reals().map { line.cancellation($0) }
      return .elementwise(
        try x.mapReals { line($0) }, ulps: 6, absolute: AbsoluteBudget.column(terms),
        range: 0...1)
    }
  }
}
