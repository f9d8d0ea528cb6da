import ExtendedArithmetic

/// Each element times the logistic function of its multiple.
///
///     y[i] = x[i] · sigmoid(alpha · x[i])
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) `alpha` is a float32, or that cast to the type of the input, as in the function body.
/// - Where an infinity meets a sigmoid of 0, the formula gives NaN and its limit is 0: left open.
/// - Budget: 6 ulp, sigmoid 5 and a product, plus the rounding of alpha · x, |y · alpha · x ·
///   (1 − sigmoid)|·u_c, and |x| times half of the smallest subnormal, where the sigmoid is one.
/// - Source: onnx/onnx docs/Operators.md, Swish.
enum SwishEvaluator: Evaluator {
  static let name = "Swish"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.activation(["alpha": 1]) { (x, values) throws(EvaluationError) in
      let swish = SwishFunction(alpha: values[0])
      let terms = try x.reals().map { swish.absolute($0, type: x.type) }
      var outcome = Outcome.elementwise(
        try x.mapReals { swish($0) }, ulps: 6, absolute: AbsoluteBudget.column(terms))
      outcome.undefined = OpenElements.mask(try x.reals().map { swish.isOpen($0) })
      return outcome
    }
  }
}
