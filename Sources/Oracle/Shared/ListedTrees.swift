import ExtendedArithmetic
import Tensors

/// The trees of TreeEnsembleClassifier and TreeEnsembleRegressor: parallel lists of nodes, named by
/// tree and node, and of votes that name their leaf.
struct ListedTrees {
  private struct Name: Hashable {
    let tree: Int
    let node: Int
  }

  private static let modes = [
    "BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ",
  ]

  private let call: Call
  private let votes: String

  /// `votes`: the beginning of the attributes about votes, `target` or `class`.
  init(_ call: Call, votes: String) { (self.call, self.votes) = (call, votes) }

  /// The forest of a model with so many targets and features.
  ///
  /// - Throws: `invalid` for lists of different lengths, names that occur twice or not at all,
  ///   unknown modes, cycles, and features or targets out of range.
  func forest(targets: Int, features: Int) throws(EvaluationError) -> DecisionForest {
    let names = try names()
    let leaves = try leaves(names, targets: targets)
    let nodes = try nodes(names, leaves)
    let forest = try DecisionForest(nodes: nodes, roots: try roots(names, nodes))
    guard forest.fits(features: features) else { throw invalid("a feature that is not there") }
    return forest
  }

  /// The nodes in the order of their names; inner nodes have no votes.
  private func nodes(
    _ names: [Name], _ leaves: [Int: [DecisionForest.Vote]]
  ) throws(EvaluationError) -> [DecisionForest.Node] {
    let count = names.count
    let modes = try call.strings("nodes_modes") ?? []
    let ids = try lists(["nodes_featureids", "nodes_truenodeids", "nodes_falsenodeids"], count)
    let thresholds = try numbers("nodes_values") ?? []
    let missing = try call.ints("nodes_missing_value_tracks_true") ?? names.map { _ in 0 }
    guard modes.count == count, thresholds.count == count, missing.count == count else {
      throw invalid("lists of different lengths")
    }
    var places: [Name: Int] = [:]
    for (place, name) in names.enumerated() { places[name] = place }
    var nodes: [DecisionForest.Node] = []
    for (place, name) in names.enumerated() {
      if modes[place] == "LEAF" {
        nodes.append(.leaf(leaves[place] ?? []))
        continue
      }
      guard let comparison = comparison(modes[place]), leaves[place] == nil,
        let yes = places[Name(tree: name.tree, node: ids[1][place])],
        let no = places[Name(tree: name.tree, node: ids[2][place])]
      else { throw invalid("a node of mode \(modes[place]) or its children") }
      let test = DecisionForest.Test(
        comparison: comparison, feature: ids[0][place], threshold: thresholds[place],
        missingIsTrue: missing[place] != 0)
      nodes.append(.branch(test, yes: yes, no: no))
    }
    return nodes
  }

  private func comparison(_ mode: String) -> DecisionForest.Comparison? {
    Self.modes.firstIndex(of: mode).flatMap { DecisionForest.Comparison(rawValue: $0) }
  }

  /// The tree and node of each entry; no name occurs twice.
  private func names() throws(EvaluationError) -> [Name] {
    let trees = try call.ints("nodes_treeids") ?? []
    let nodes = try call.ints("nodes_nodeids") ?? []
    guard trees.count == nodes.count else { throw invalid("lists of different lengths") }
    guard !trees.isEmpty else {
      throw .unsupported("\(call.node.operatorName) of no tree")
    }
    let names = zip(trees, nodes).map { Name(tree: $0, node: $1) }
    guard Set(names).count == names.count else { throw invalid("a node that is named twice") }
    return names
  }

  private func lists(_ names: [String], _ count: Int) throws(EvaluationError) -> [[Int]] {
    var lists: [[Int]] = []
    for name in names {
      let list = try call.ints(name) ?? []
      guard list.count == count else { throw invalid("\(list.count) \(name) for \(count) nodes") }
      lists.append(list)
    }
    return lists
  }

  /// The base value of each target, nil where none is stated.
  ///
  /// - Throws: `invalid` for another number of them.
  func base(targets: Int) throws(EvaluationError) -> [DoubleDouble]? {
    let base = try numbers("base_values")
    guard base?.count ?? targets == targets else {
      throw invalid("\(base?.count ?? 0) base values for \(targets) targets")
    }
    return base
  }

  /// A list of floats, or the doubles that stand in for it.
  private func numbers(_ name: String) throws(EvaluationError) -> [DoubleDouble]? {
    let floats = try call.floats(name)
    guard let tensor = try call.tensor(attribute: name + "_as_tensor") else {
      return floats?.map { DoubleDouble($0) }
    }
    guard floats == nil else {
      throw .unsupported("\(call.node.operatorName) with \(name) twice")
    }
    return try tensor.reals()
  }

  /// The votes of each node that has any, by its place.
  private func leaves(
    _ names: [Name], targets: Int
  ) throws(EvaluationError) -> [Int: [DecisionForest.Vote]] {
    let trees = try call.ints(votes + "_treeids") ?? []
    let ids = try lists([votes + "_nodeids", votes + "_ids"], trees.count)
    let weights = try numbers(votes + "_weights") ?? []
    guard weights.count == trees.count else { throw invalid("votes of different lengths") }
    var places: [Name: Int] = [:]
    for (place, name) in names.enumerated() { places[name] = place }
    var leaves: [Int: [DecisionForest.Vote]] = [:]
    for vote in trees.indices {
      guard let place = places[Name(tree: trees[vote], node: ids[0][vote])] else {
        throw invalid("a vote of a node that is not there")
      }
      guard (0..<targets).contains(ids[1][vote]) else {
        throw invalid("a vote for target \(ids[1][vote]) of \(targets)")
      }
      leaves[place, default: []].append(
        DecisionForest.Vote(target: ids[1][vote], weight: weights[vote]))
    }
    return leaves
  }

  /// The one node of each tree that is no child.
  private func roots(
    _ names: [Name], _ nodes: [DecisionForest.Node]
  ) throws(EvaluationError) -> [Int] {
    var children: Set<Int> = []
    for case .branch(_, let yes, let no) in nodes { children.formUnion([yes, no]) }
    var seen: Set<Int> = []
    var roots: [Int] = []
    for (place, name) in names.enumerated() where !children.contains(place) {
      guard seen.insert(name.tree).inserted else { throw invalid("a tree with two roots") }
      roots.append(place)
    }
    guard seen.count == Set(names.map(\.tree)).count else { throw invalid("a tree without a root") }
    return roots
  }

  private func invalid(_ what: String) -> EvaluationError {
    .invalid("\(call.node.operatorName): \(what)")
  }
}
