import ExtendedArithmetic
import Tensors

/// Decision trees whose inner nodes and leaves are listed apart.
///
///     Y[n, t] = post(aggregate of the weights of the leaves with target t that row n reaches)
///
/// - (C1) The output has the type of X and the shape [N, n_targets].
/// - (C2) A node compares a feature with its split by its mode; BRANCH_MEMBER asks whether the
///   feature is among the next set of `membership_values`, which NaN delimits.
/// - (C3) A branch leads to a leaf where `nodes_trueleafs` or `nodes_falseleafs` is 1, else to a
///   node; several branches may share a leaf.
/// - (C4) A feature of NaN leads to the branch that `nodes_missing_value_tracks_true` says, false
///   unless stated, whatever the mode.
/// - (C5) AVERAGE 0, SUM 1, MIN 2, MAX 3; NONE 0, SOFTMAX 1, LOGISTIC 2; SOFTMAX_ZERO 3 and
///   PROBIT 4 are left open.
/// - (C6) Lists of different lengths, nodes, leaves, features and targets out of range, and cycles
///   are invalid.
/// - Left open: averages where a tree gives other than one vote, extremes of no vote. Not
///   evaluated: no tree, `n_targets` that is not stated, splits or weights of another type than X.
/// - Accuracy: a sum, or a composite of it.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.TreeEnsemble.
enum TreeEnsembleEvaluator: Evaluator {
  static let name = "TreeEnsemble"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let transform = try PostTransform(call, isNumber: true)
    guard let aggregate = VoteAggregate(rawValue: try call.int("aggregate_function", default: 1))
    else { throw .invalid("TreeEnsemble with an unknown aggregate_function") }
    let targets = try call.statedTargets()
    let x = try FeatureMatrix(call)
    let type = try call.tensor(0).type
    let forest = try forest(call, type, targets: targets)
    guard forest.fits(features: x.width) else {
      throw .invalid("TreeEnsemble with a feature that is not there")
    }
    let scores = aggregate.scores(forest, x, targets: targets, base: nil)
    return [scores.outcome(transform, type, call.trace)]
  }

  private static func forest(
    _ call: Call, _ type: ElementType, targets: Int
  ) throws(EvaluationError) -> DecisionForest {
    let leaves = try leaves(call, type, targets: targets)
    let tests = try tests(call, type)
    let yes = try children(call, "true", count: tests.count, leaves: leaves.count)
    let no = try children(call, "false", count: tests.count, leaves: leaves.count)
    let nodes = tests.indices.map { place in
      DecisionForest.Node.branch(tests[place], yes: yes[place], no: no[place])
    }
    let roots = try call.ints("tree_roots") ?? []
    guard !roots.isEmpty else { throw .unsupported("TreeEnsemble of no tree") }
    guard roots.allSatisfy({ nodes.indices.contains($0) }) else {
      throw .invalid("TreeEnsemble with a root that is no node")
    }
    return try DecisionForest(nodes: nodes + leaves, roots: roots)
  }

  /// The questions of the inner nodes.
  private static func tests(
    _ call: Call, _ type: ElementType
  ) throws(EvaluationError) -> [DecisionForest.Test] {
    let features = try call.ints("nodes_featureids") ?? []
    let count = features.count
    let splits = try reals(call, "nodes_splits", type)
    let modes = try call.tensor(attribute: "nodes_modes")?.ints() ?? []
    let missing =
      try call.ints("nodes_missing_value_tracks_true") ?? Array(repeating: 0, count: count)
    guard splits.count == count, modes.count == count, missing.count == count else {
      throw .invalid("TreeEnsemble with lists of different lengths")
    }
    var sets = try memberships(call, type, count: modes.filter { $0 == 6 }.count)[...]
    var tests: [DecisionForest.Test] = []
    for place in 0..<count {
      guard let comparison = DecisionForest.Comparison(rawValue: modes[place]) else {
        throw .invalid("TreeEnsemble with the mode \(modes[place])")
      }
      let members = comparison == .member ? sets.popFirst() ?? [] : []
      tests.append(
        DecisionForest.Test(
          comparison: comparison, feature: features[place], threshold: splits[place],
          members: members, missingIsTrue: missing[place] != 0))
    }
    return tests
  }

  /// The places of one branch's children; leaves follow the nodes.
  private static func children(
    _ call: Call, _ branch: String, count: Int, leaves: Int
  ) throws(EvaluationError) -> [Int] {
    let places = try call.ints("nodes_\(branch)nodeids") ?? []
    let areLeaves = try call.ints("nodes_\(branch)leafs") ?? []
    guard places.count == count, areLeaves.count == count else {
      throw .invalid("TreeEnsemble with lists of different lengths")
    }
    var children: [Int] = []
    for (place, isLeaf) in zip(places, areLeaves) {
      guard 0...1 ~= isLeaf, (0..<(isLeaf == 1 ? leaves : count)).contains(place) else {
        throw .invalid("TreeEnsemble with a child that is not there")
      }
      children.append(isLeaf == 1 ? count + place : place)
    }
    return children
  }

  private static func leaves(
    _ call: Call, _ type: ElementType, targets: Int
  ) throws(EvaluationError) -> [DecisionForest.Node] {
    let ids = try call.ints("leaf_targetids") ?? []
    let weights = try reals(call, "leaf_weights", type)
    guard ids.count == weights.count, ids.allSatisfy({ (0..<targets).contains($0) }) else {
      throw .invalid("TreeEnsemble with leaves of targets \(ids)")
    }
    return zip(ids, weights).map { .leaf([DecisionForest.Vote(target: $0, weight: $1)]) }
  }

  private static func reals(
    _ call: Call, _ name: String, _ type: ElementType
  ) throws(EvaluationError) -> [DoubleDouble] {
    guard let tensor = try call.tensor(attribute: name) else { return [] }
    guard tensor.type == type else {
      throw .unsupported("TreeEnsemble with \(name) of \(tensor.type.onnxName)")
    }
    return try tensor.reals()
  }

  /// The sets between the delimiters; one delimiter may follow the last.
  private static func memberships(
    _ call: Call, _ type: ElementType, count: Int
  ) throws(EvaluationError) -> [[DoubleDouble]] {
    guard count == 0 || call.node.attributes["membership_values"] != nil else {
      throw .invalid("TreeEnsemble without the sets of its BRANCH_MEMBER nodes")
    }
    let values = try reals(call, "membership_values", type)
    var sets: [[DoubleDouble]] = [[]]
    for value in values {
      if value.isNaN { sets.append([]) } else { sets[sets.count - 1].append(value) }
    }
    if sets.count > count, sets.last?.isEmpty == true { sets.removeLast() }
    guard sets.count == count else {
      throw .invalid("TreeEnsemble with \(sets.count) sets for \(count) nodes")
    }
    return sets
  }
}
