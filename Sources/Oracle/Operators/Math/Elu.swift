import ExtendedArithmetic

/// The exponential linear unit.
///
///     y[i] = x[i]                        where x[i] ≥ 0
///     y[i] = alpha · (exp(x[i]) − 1)     where x[i] < 0
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) −Inf gives −alpha.
/// - (C3) `alpha` is a float32, or that cast to the type of the input, as in the function body.
/// - Budget: 8 ulp plus, below zero, 8·u_c·|alpha|: the difference exp(x) − 1 of text and body
///   cancels. exp 3 ulp of a value below 1 and three roundings of values up to 1 are 6·u_c.
/// - Source: onnx/onnx docs/Operators.md, Elu.
enum EluEvaluator: Evaluator {
  static let name = "Elu"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.activation(["alpha": 1]) { (x, values) throws(EvaluationError) in
      let alpha = values[0]
      let y = try x.mapReals { $0 < .zero ? alpha * DoubleDouble.expm1($0) : $0 }
      let terms = try x.reals().map { $0 < .zero ? 8 * alpha.high.magnitude : 0 }
      return .elementwise(y, ulps: 8, absolute: AbsoluteBudget.column(terms))
    }
  }
}
