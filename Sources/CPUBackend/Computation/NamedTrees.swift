/// Trees given as parallel lists of nodes with names, and of votes that name their node.
package struct NamedTrees: Sendable {
  private struct Name: Hashable {
    let tree: Int
    let node: Int
  }

  private static let words = [
    "BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ",
  ]

  private let attributes: Attributes

  package init(_ attributes: Attributes) { self.attributes = attributes }

  /// The trees; `votes` begins the names of the attributes about votes.
  ///
  /// - Throws: `invalidModel` for anything that does not fit together.
  package func walk(
    votes prefix: String, targets: Int, features: Int
  ) throws(KernelError) -> TreeWalk {
    let trees = try attributes.ints("nodes_treeids") ?? []
    let count = trees.count
    let ids = try ints("nodes_nodeids", count)
    var places: [Name: Int] = [:]
    for place in 0..<count {
      let earlier = places.updateValue(place, forKey: Name(tree: trees[place], node: ids[place]))
      guard earlier == nil else {
        throw .invalidModel("node \(ids[place]) of tree \(trees[place]) is listed twice")
      }
    }
    let leaves = try votes(prefix, places, targets: targets)
    let children = try children(trees, places, leaves)
    // Inner nodes keep their order; `numbers` is where a listed node ends up.
    let nodes = try inner(trees, children)
    var hasParent = [Bool](repeating: false, count: count)
    for case let (yes, no)? in children.pairs { (hasParent[yes], hasParent[no]) = (true, true) }
    let roots = (0..<count).filter { !hasParent[$0] }
    guard Set(roots.map { trees[$0] }).count == roots.count, roots.count == Set(trees).count else {
      throw .invalidModel("a tree has no root or several")
    }
    return try TreeWalk(
      nodes: nodes, leaves: leaves, roots: roots.map { children.numbers[$0] }, features: features)
  }

  /// A list of numbers, or the doubles given as a tensor in its place.
  package func reals(_ name: String) throws(KernelError) -> [Double]? {
    if let tensor = try attributes.tensor(name + "_as_tensor") {
      return try tensor.reals(Double.self)
    }
    return try attributes.floats(name)?.map { Double($0) }
  }

  private func ints(_ name: String, _ count: Int) throws(KernelError) -> [Int] {
    let list = try attributes.ints(name) ?? []
    guard list.count == count else {
      throw .invalidModel("\(list.count) \(name), \(count) are needed")
    }
    return list
  }

  /// Votes by the place of the node they belong to; no votes for nodes without any.
  private func votes(
    _ prefix: String, _ places: [Name: Int], targets: Int
  ) throws(KernelError) -> [[TreeWalk.Vote]] {
    let trees = try attributes.ints(prefix + "_treeids") ?? []
    let nodes = try ints(prefix + "_nodeids", trees.count)
    let ids = try ints(prefix + "_ids", trees.count)
    let weights = try reals(prefix + "_weights") ?? []
    guard weights.count == trees.count else {
      throw .invalidModel("\(weights.count) weights for \(trees.count) votes")
    }
    var result = [[TreeWalk.Vote]](repeating: [], count: places.count)
    for vote in trees.indices {
      guard let place = places[Name(tree: trees[vote], node: nodes[vote])] else {
        throw .invalidModel("a vote belongs to a node that does not exist")
      }
      guard ids[vote] >= 0, ids[vote] < targets else {
        throw .invalidModel("a vote for target \(ids[vote]) of \(targets)")
      }
      result[place].append(TreeWalk.Vote(target: ids[vote], weight: weights[vote]))
    }
    return result
  }

  /// For each listed node the places of its two children, nil at a leaf, and its number in a walk:
  /// that of an inner node, or the complement of its place as a leaf.
  private struct Children {
    var pairs: [(yes: Int, no: Int)?] = []
    var numbers: [Int] = []
  }

  private func children(
    _ trees: [Int], _ places: [Name: Int], _ leaves: [[TreeWalk.Vote]]
  ) throws(KernelError) -> Children {
    let modes = try attributes.strings("nodes_modes") ?? []
    guard modes.count == trees.count else {
      throw .invalidModel("\(modes.count) modes for \(trees.count) nodes")
    }
    let yes = try ints("nodes_truenodeids", trees.count)
    let no = try ints("nodes_falsenodeids", trees.count)
    var result = Children()
    var inner = 0
    for (place, mode) in modes.enumerated() {
      if mode == "LEAF" {
        result.pairs.append(nil)
        result.numbers.append(~place)
        continue
      }
      guard leaves[place].isEmpty else { throw .invalidModel("an inner node has votes") }
      guard let first = places[Name(tree: trees[place], node: yes[place])],
        let second = places[Name(tree: trees[place], node: no[place])]
      else { throw .invalidModel("a branch leads to a node that does not exist") }
      result.pairs.append((first, second))
      result.numbers.append(inner)
      inner += 1
    }
    return result
  }

  private func inner(
    _ trees: [Int], _ children: Children
  ) throws(KernelError) -> [TreeWalk.Node] {
    let modes = try attributes.strings("nodes_modes") ?? []
    let features = try ints("nodes_featureids", trees.count)
    let splits = try reals("nodes_values") ?? []
    let missing = try attributes.ints("nodes_missing_value_tracks_true")
    guard splits.count == trees.count, missing?.count ?? trees.count == trees.count else {
      throw .invalidModel("\(splits.count) values for \(trees.count) nodes")
    }
    var nodes: [TreeWalk.Node] = []
    for (place, pair) in children.pairs.enumerated() {
      guard let pair else { continue }
      guard let word = Self.words.firstIndex(of: modes[place]),
        let mode = TreeWalk.Node.Mode(rawValue: word)
      else { throw .invalidModel("a node has the mode \"\(modes[place])\"") }
      nodes.append(
        TreeWalk.Node(
          mode: mode, feature: features[place], split: splits[place],
          isMissingTrue: missing.map { $0[place] != 0 } ?? false,
          yes: children.numbers[pair.yes], no: children.numbers[pair.no]))
    }
    return nodes
  }
}
