import ExtendedArithmetic

/// Regression by decision trees.
///
///     Y[n, t] = post(aggregate of the votes for t at the leaves row n reaches + base_values[t])
///
/// - (C1) The output is float32 of shape [N, n_targets].
/// - (C2) A node compares a feature with its value by its mode and leads to one of two nodes.
/// - (C3) A feature of NaN leads to the branch that `nodes_missing_value_tracks_true` says, false
///   unless stated, whatever the mode.
/// - (C4) SUM, AVERAGE, MIN and MAX of the votes of all trees; base values are added afterwards.
/// - (C5) Attributes as tensors of float64 stand in for their float32 lists.
/// - (C6) SOFTMAX and LOGISTIC follow; SOFTMAX_ZERO and PROBIT are left open.
/// - (C7) Lists of different lengths, unknown nodes, cycles, votes and features out of range are
///   invalid.
/// - Left open: averages where a tree gives other than one vote, extremes of no vote. Not
///   evaluated: no tree, `n_targets` that is not stated, a list beside its tensor.
/// - Accuracy: a sum, or a composite of it.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.TreeEnsembleRegressor.
enum TreeEnsembleRegressorEvaluator: Evaluator {
  static let name = "TreeEnsembleRegressor"
  static let domain = "ai.onnx.ml"

  private static let aggregates = ["AVERAGE", "SUM", "MIN", "MAX"]

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let transform = try PostTransform(call)
    let word = try call.string("aggregate_function", default: "SUM")
    guard let number = aggregates.firstIndex(of: word),
      let aggregate = VoteAggregate(rawValue: number)
    else { throw .invalid("TreeEnsembleRegressor with the aggregate \"\(word)\"") }
    let targets = try call.statedTargets()
    let x = try FeatureMatrix(call)
    let trees = ListedTrees(call, votes: "target")
    let forest = try trees.forest(targets: targets, features: x.width)
    let base = try trees.base(targets: targets)
    let scores = aggregate.scores(forest, x, targets: targets, base: base)
    return [scores.outcome(transform, .f32, call.trace)]
  }
}
