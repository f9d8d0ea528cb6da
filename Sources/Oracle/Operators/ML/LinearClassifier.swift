import Tensors

/// The best of several classes by linear scores.
///
///     Z[n, e] = post(Σ_f X[n, f] · coefficients[e·F + f] + intercepts[e])
///     Y[n] = the label of the highest score
///
/// - (C1) Y has one label of the stated kind for each row, Z the float32 scores [N, E].
/// - (C2) Exactly one list of labels is stated.
/// - (C3) X of shape [F] is one row.
/// - (C4) There are E · F coefficients and, if any, E intercepts.
/// - (C5) SOFTMAX and LOGISTIC follow; SOFTMAX_ZERO and PROBIT are left open.
/// - Not evaluated: coefficients of one class for two labels; other numbers of intercepts. Left open: what `multi_class` other
///   than 0 changes, the label of scores that are equal or closer than rounding.
/// - Accuracy: sums of products, or composites of them.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.LinearClassifier.
enum LinearClassifierEvaluator: Evaluator {
  static let name = "LinearClassifier"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let transform = try PostTransform(call)
    let labels = try TopClass.labels(
      call, integers: "classlabels_ints", strings: "classlabels_strings")
    let x = try FeatureMatrix(call, acceptsVectors: true)
    if labels.count == 2, try call.floats("coefficients")?.count == x.width, x.width > 0 {
      throw .unsupported("LinearClassifier of two classes with the coefficients of one")
    }
    var scores = try LinearScores.sums(call, x, targets: labels.count)
    if try call.int("multi_class", default: 0) != 0 { scores.open = scores.sums.map { _ in true } }
    return [
      try TopClass.outcome(scores, labels: labels), scores.outcome(transform, .f32, call.trace),
    ]
  }
}
