import ExtendedArithmetic

/// The continuously differentiable exponential linear unit.
///
///     y[i] = max(0, x[i]) + min(0, alpha · (exp(x[i] / alpha) − 1))
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) −Inf gives −alpha.
/// - (C3) `alpha` is a float32, or that cast to the type of the input, as in the function body of
///   version 28.
/// - An `alpha` that is not positive is not evaluated: below zero the formula and the function
///   body, alpha · Elu(x / alpha), give different numbers.
/// - Budget: 8 ulp plus, below zero, 8·u_c·alpha: exp(x / alpha) − 1 cancels. exp 3 ulp and three
///   roundings of values up to 1 are 6·u_c, the rounded quotient adds e^-1·u_c.
/// - Source: onnx/onnx docs/Operators.md, Celu.
enum CeluEvaluator: Evaluator {
  static let name = "Celu"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.activation(["alpha": 1]) { (x, values) throws(EvaluationError) in
      let alpha = values[0]
      guard alpha > .zero else { throw .unsupported("Celu with an alpha that is not positive") }
      let y = try x.mapReals { $0 < .zero ? alpha * DoubleDouble.expm1($0 / alpha) : $0 }
      let terms = try x.reals().map { $0 < .zero ? 8 * alpha.high : 0 }
      return .elementwise(y, ulps: 8, absolute: AbsoluteBudget.column(terms))
    }
  }
}
