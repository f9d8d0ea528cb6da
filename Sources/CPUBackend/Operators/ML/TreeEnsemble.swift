import Tensors

/// Decision trees whose inner nodes and leaves are listed apart, summed in binary64.
enum TreeEnsembleKernel: OperatorKernel {
  static let name = "TreeEnsemble"
  static let domain = "ai.onnx.ml"
  static let versions = [5]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let tensor = try call.tensor(0)
    let x = try FeatureRows(tensor)
    let transform = try ScoreTransform(number: try call.int("post_transform", default: 0))
    let number = try call.int("aggregate_function", default: 1)
    guard let aggregate = VoteSum(rawValue: number) else {
      throw .invalidModel("aggregate_function is \(number)")
    }
    let targets = try call.int("n_targets", default: 1)
    guard targets > 0 else { throw .invalidModel("\(targets) targets") }
    _ = try Allocation.count(of: [max(1, x.count), targets], type: .f64)
    let walk = try walk(call.attributes, targets: targets, features: x.width)
    let base = [Double](repeating: 0, count: targets)
    let results = (0..<x.count).flatMap { row in
      transform(aggregate.scores(walk.votes(x, row: row), base: base))
    }
    return [.tensor(try .rounding(results, to: tensor.type, [x.count, targets]))]
  }

  private static func walk(
    _ attributes: Attributes, targets: Int, features: Int
  ) throws(KernelError) -> TreeWalk {
    let ids = try attributes.ints("leaf_targetids") ?? []
    let weights = try reals(attributes, "leaf_weights", ids.count)
    guard ids.allSatisfy({ $0 >= 0 && $0 < targets }) else {
      throw .invalidModel("leaves of targets \(ids), there are \(targets)")
    }
    let nodes = try nodes(attributes, leaves: ids.count)
    let roots = try attributes.ints("tree_roots") ?? []
    guard roots.allSatisfy({ $0 >= 0 && $0 < nodes.count }) else {
      throw .invalidModel("roots \(roots) of \(nodes.count) nodes")
    }
    return try TreeWalk(
      nodes: nodes, leaves: zip(ids, weights).map { [TreeWalk.Vote(target: $0, weight: $1)] },
      roots: roots, features: features)
  }

  private static func nodes(
    _ attributes: Attributes, leaves: Int
  ) throws(KernelError) -> [TreeWalk.Node] {
    let features = try attributes.ints("nodes_featureids") ?? []
    let count = features.count
    let splits = try reals(attributes, "nodes_splits", count)
    let modes = try attributes.tensor("nodes_modes")?.wideIntegers ?? []
    let missing = try attributes.ints("nodes_missing_value_tracks_true")
    guard modes.count == count, missing?.count ?? count == count else {
      throw .invalidModel("\(modes.count) modes for \(count) nodes")
    }
    let yes = try branch(attributes, "true", count, leaves)
    let no = try branch(attributes, "false", count, leaves)
    var sets = try sets(attributes, count: modes.filter { $0 == 6 }.count)[...]
    var nodes: [TreeWalk.Node] = []
    for place in 0..<count {
      guard let mode = TreeWalk.Node.Mode(rawValue: Int(modes[place])) else {
        throw .invalidModel("a node has the mode \(modes[place])")
      }
      var node = TreeWalk.Node(
        mode: mode, feature: features[place], split: splits[place],
        isMissingTrue: missing.map { $0[place] != 0 } ?? false, yes: yes[place], no: no[place])
      if mode == .member { node.members = sets.popFirst() ?? [] }
      nodes.append(node)
    }
    return nodes
  }

  /// Where one branch of each node leads.
  private static func branch(
    _ attributes: Attributes, _ name: String, _ count: Int, _ leaves: Int
  ) throws(KernelError) -> [Int] {
    let places = try attributes.ints("nodes_\(name)nodeids") ?? []
    let flags = try attributes.ints("nodes_\(name)leafs") ?? []
    guard places.count == count, flags.count == count else {
      throw .invalidModel("\(places.count) and \(flags.count) branches for \(count) nodes")
    }
    var result: [Int] = []
    for (place, flag) in zip(places, flags) {
      guard flag == 0 || flag == 1, place >= 0, place < (flag == 1 ? leaves : count) else {
        throw .invalidModel("a branch leads to \(place) of leaf flag \(flag)")
      }
      result.append(flag == 1 ? ~place : place)
    }
    return result
  }

  private static func reals(
    _ attributes: Attributes, _ name: String, _ count: Int
  ) throws(KernelError) -> [Double] {
    let values = try attributes.tensor(name)?.reals(Double.self) ?? []
    guard values.count == count else {
      throw .invalidModel("\(values.count) \(name), \(count) are needed")
    }
    return values
  }

  /// The sets of membership nodes, parted by NaN; one may follow the last.
  private static func sets(
    _ attributes: Attributes, count: Int
  ) throws(KernelError) -> [[Double]] {
    guard count == 0 || attributes.has("membership_values") else {
      throw .invalidModel("\(count) nodes ask for members, which are not stated")
    }
    let values = try attributes.tensor("membership_values")?.reals(Double.self) ?? []
    var sets = values.split(omittingEmptySubsequences: false) { $0.isNaN }.map { Array($0) }
    if sets.count > count, sets.last?.isEmpty == true { sets.removeLast() }
    guard sets.count == count else {
      throw .invalidModel("\(sets.count) sets of members for \(count) nodes")
    }
    return sets
  }
}
