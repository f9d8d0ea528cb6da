/// Linear regression of one or several targets.
///
///     Y[n, t] = post(Σ_f X[n, f] · coefficients[t·F + f] + intercepts[t])
///
/// - (C1) The output is float32 of shape [N, targets].
/// - (C2) The coefficients of a target are contiguous; there are targets · F of them.
/// - (C3) Intercepts are zero unless stated; there is one for each target.
/// - (C4) SOFTMAX and LOGISTIC follow; SOFTMAX_ZERO and PROBIT, which the text only names, are left
///   open.
/// - Accuracy: a sum of products, or a composite of it.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.LinearRegressor.
enum LinearRegressorEvaluator: Evaluator {
  static let name = "LinearRegressor"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let transform = try PostTransform(call)
    let scores = try LinearScores.sums(
      call, try FeatureMatrix(call), targets: try call.int("targets", default: 1))
    return [scores.outcome(transform, .f32, call.trace)]
  }
}
