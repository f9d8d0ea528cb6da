import ExtendedArithmetic

/// The scaled exponential linear unit.
///
///     y[i] = gamma · (alpha · exp(x[i]) − alpha)     where x[i] ≤ 0
///     y[i] = gamma · x[i]                            where x[i] > 0
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) −Inf gives −gamma · alpha.
/// - (C3) `alpha` and `gamma` are float32 numbers, or those cast to the type of the input, as in
///   the function body.
/// - Budget: 8 ulp plus, below zero, 8·u_c·|gamma · alpha|: the difference of text and body
///   cancels. exp 3 ulp and three roundings, of values up to alpha, are 6·u_c·|alpha| at most.
/// - Source: onnx/onnx docs/Operators.md, Selu.
enum SeluEvaluator: Evaluator {
  static let name = "Selu"
  private static let attributes: KeyValuePairs<String, Float> = [
    "alpha": 1.67326319217681884765625, "gamma": 1.05070102214813232421875,
  ]

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.activation(attributes) { (x, values) throws(EvaluationError) in
      let (alpha, gamma) = (values[0], values[1])
      let y = try x.mapReals {
        $0 < .zero ? gamma * (alpha * DoubleDouble.expm1($0)) : gamma * $0
      }
      let size = 8 * (alpha * gamma).high.magnitude
      let terms = try x.reals().map { $0 < .zero ? size : 0 }
      return .elementwise(y, ulps: 8, absolute: AbsoluteBudget.column(terms))
    }
  }
}
