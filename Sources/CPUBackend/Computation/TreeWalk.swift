/// Decision trees over shared tables of nodes and leaves, and the walk from a root to a leaf.
package struct TreeWalk: Sendable {
  /// A weight that a leaf gives to a target.
  package struct Vote: Sendable {
    package let target: Int
    package let weight: Double
  }

  /// An inner node.
  package struct Node: Sendable {
    package enum Mode: Int, Sendable {
      case atMost, below, atLeast, above, equal, other, member
    }

    package let mode: Mode
    package let feature: Int
    package let split: Double
    /// Branch of a missing value.
    package let isMissingTrue: Bool
    /// The next node, or the complement of a leaf's number.
    package let yes: Int
    package let no: Int
    /// The members that a node of that mode looks for.
    package var members: [Double] = []
  }

  private let nodes: [Node]
  private let leaves: [[Vote]]
  /// Starts of the trees, numbered as children are.
  private let roots: [Int]

  /// - Throws: `invalidModel` for places that do not exist, features out of range and cycles.
  package init(
    nodes: [Node], leaves: [[Vote]], roots: [Int], features: Int
  ) throws(KernelError) {
    (self.nodes, self.leaves, self.roots) = (nodes, leaves, roots)
    let places = -leaves.count..<nodes.count
    for node in nodes {
      guard places.contains(node.yes), places.contains(node.no) else {
        throw .invalidModel("a branch leads to a node that does not exist")
      }
      guard node.feature >= 0, node.feature < features else {
        throw .invalidModel("feature \(node.feature) of \(features)")
      }
    }
    guard roots.allSatisfy({ places.contains($0) }) else {
      throw .invalidModel("a tree starts at a node that does not exist")
    }
    try refuseCycles()
  }

  /// Depth first: a node that is met again before it is left lies on a cycle.
  private func refuseCycles() throws(KernelError) {
    enum Colour { case fresh, entered, left }
    var colours = [Colour](repeating: .fresh, count: nodes.count)
    for start in nodes.indices where colours[start] == .fresh {
      var stack = [start]
      while let node = stack.last {
        guard colours[node] == .fresh else {
          colours[node] = .left
          stack.removeLast()
          continue
        }
        colours[node] = .entered
        for child in [nodes[node].yes, nodes[node].no] where child >= 0 {
          guard colours[child] != .entered else {
            throw .invalidModel("node \(child) leads back to itself")
          }
          if colours[child] == .fresh { stack.append(child) }
        }
      }
    }
  }

  /// The votes of each tree for one row.
  package func votes(_ x: FeatureRows, row: Int) -> [[Vote]] {
    roots.map { root in
      var place = root
      while place >= 0 {
        let node = nodes[place]
        place = holds(node, x, at: row * x.width + node.feature) ? node.yes : node.no
      }
      return leaves[~place]
    }
  }

  private func holds(_ node: Node, _ x: FeatureRows, at position: Int) -> Bool {
    let value = x.values[position]
    guard !value.isNaN else { return node.isMissingTrue }
    let whole = x.integers.isEmpty ? nil : x.integers[position]
    if node.mode == .member {
      return node.members.contains { Self.order(value, whole, $0) == 0 }
    }
    // Nothing but inequality holds beside a split that is NaN.
    guard let order = Self.order(value, whole, node.split) else { return node.mode == .other }
    switch node.mode {
    case .atMost: return order <= 0
    case .below: return order < 0
    case .atLeast: return order >= 0
    case .above: return order > 0
    case .equal: return order == 0
    case .other, .member: return order != 0
    }
  }

  /// Whether a number is below, at or above a split; an integer decides where its rounding to
  /// binary64 equals the split.
  private static func order(_ value: Double, _ whole: Int64?, _ split: Double) -> Int? {
    if value < split { return -1 }
    if value > split { return 1 }
    guard value == split else { return nil }
    guard let whole else { return 0 }
    guard let exact = Int64(exactly: split) else { return -1 }
    return whole < exact ? -1 : whole > exact ? 1 : 0
  }
}

/// How votes become the score of a target.
package enum VoteSum: Int, Sendable {
  case average, sum, least, greatest

  /// The scores of one row; the average is that of the votes a target gets.
  package func scores(_ trees: [[TreeWalk.Vote]], base: [Double]) -> [Double] {
    var results = [Double](repeating: 0, count: base.count)
    var counts = [Int](repeating: 0, count: base.count)
    for vote in trees.joined() {
      let (target, weight) = (vote.target, vote.weight)
      switch self {
      case .average, .sum: results[target] += weight
      case .least, .greatest:
        let isBetter = self == .least ? weight < results[target] : weight > results[target]
        if counts[target] == 0 || isBetter { results[target] = weight }
      }
      counts[target] += 1
    }
    for target in base.indices {
      if self == .average, counts[target] > 0 { results[target] /= Double(counts[target]) }
      results[target] += base[target]
    }
    return results
  }
}
