import ExtendedArithmetic

/// The best of several classes by the votes of decision trees.
///
///     Z[n, e] = post(Σ of the votes for e at the leaves that row n reaches + base_values[e])
///     Y[n] = the label of the highest score
///
/// - (C1) Y has one label of the stated kind for each row, Z the float32 scores [N, E].
/// - (C2) A node compares a feature with its value by its mode and leads to one of two nodes.
/// - (C3) A feature of NaN leads to the branch that `nodes_missing_value_tracks_true` says, false
///   unless stated, whatever the mode.
/// - (C4) All votes for a class are added, and its base value.
/// - (C5) Attributes as tensors of float64 stand in for their float32 lists.
/// - (C6) SOFTMAX and LOGISTIC follow; SOFTMAX_ZERO and PROBIT are left open.
/// - (C7) Lists of different lengths, unknown nodes, cycles, votes and features out of range are
///   invalid.
/// - Not evaluated: two labels with votes for one of them, of which implementations make scores for
///   both; no tree. Left open: the label of scores that are equal or closer than rounding.
/// - Accuracy: sums, or composites of them.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.TreeEnsembleClassifier.
enum TreeEnsembleClassifierEvaluator: Evaluator {
  static let name = "TreeEnsembleClassifier"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let transform = try PostTransform(call)
    let labels = try TopClass.labels(
      call, integers: "classlabels_int64s", strings: "classlabels_strings")
    let x = try FeatureMatrix(call)
    let trees = ListedTrees(call, votes: "class")
    let forest = try trees.forest(targets: labels.count, features: x.width)
    let base = try trees.base(targets: labels.count)
    if labels.count == 2, Set(try call.ints("class_ids") ?? []).count < 2 {
      throw .unsupported("TreeEnsembleClassifier of two classes with votes for one")
    }
    let scores = VoteAggregate.sum.scores(forest, x, targets: labels.count, base: base)
    return [
      try TopClass.outcome(scores, labels: labels), scores.outcome(transform, .f32, call.trace),
    ]
  }
}
