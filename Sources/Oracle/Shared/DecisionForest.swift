import ExtendedArithmetic

/// Decision trees as the ensembles of ai.onnx.ml describe them: tests at inner nodes and votes at
/// leaves.
struct DecisionForest {
  enum Comparison: Int {
    case lessOrEqual, less, greaterOrEqual, greater, equal, notEqual, member
  }

  /// A question about one feature.
  struct Test {
    let comparison: Comparison
    let feature: Int
    let threshold: DoubleDouble
    /// What `member` looks for.
    var members: [DoubleDouble] = []
    /// The branch of a feature that is NaN, whatever the comparison.
    let missingIsTrue: Bool

    func holds(_ x: DoubleDouble) -> Bool {
      if x.isNaN { return missingIsTrue }
      switch comparison {
      case .lessOrEqual: return x <= threshold
      case .less: return x < threshold
      case .greaterOrEqual: return x >= threshold
      case .greater: return x > threshold
      case .equal: return x == threshold
      case .notEqual: return !(x == threshold)
      case .member: return members.contains { $0 == x }
      }
    }
  }

  /// What a leaf gives to one target.
  struct Vote {
    let target: Int
    let weight: DoubleDouble
  }

  enum Node {
    case branch(Test, yes: Int, no: Int)
    case leaf([Vote])
  }

  let nodes: [Node]
  let roots: [Int]

  /// Checks that every path from every node ends at a leaf, so that no walk is endless.
  ///
  /// - Throws: `invalid` for children outside of the nodes and for cycles.
  init(nodes: [Node], roots: [Int]) throws(EvaluationError) {
    (self.nodes, self.roots) = (nodes, roots)
    guard roots.allSatisfy(nodes.indices.contains) else {
      throw .invalid("a tree whose root is no node")
    }
    var parents: [[Int]] = Array(repeating: [], count: nodes.count)
    var open = Array(repeating: 0, count: nodes.count)
    for (position, node) in nodes.enumerated() {
      guard case .branch(_, let yes, let no) = node else { continue }
      for child in [yes, no] {
        guard nodes.indices.contains(child) else { throw .invalid("a child that is no node") }
        parents[child].append(position)
      }
      open[position] = 2
    }
    // Leaves are settled, then the nodes both of whose children are: those on a cycle never are.
    var settled = nodes.indices.filter { open[$0] == 0 }
    var next = 0
    while next < settled.count {
      for parent in parents[settled[next]] {
        open[parent] -= 1
        if open[parent] == 0 { settled.append(parent) }
      }
      next += 1
    }
    guard settled.count == nodes.count else { throw .invalid("nodes that lead back to themselves") }
  }

  /// Whether every test asks for one of so many features.
  func fits(features: Int) -> Bool {
    nodes.allSatisfy { node in
      guard case .branch(let test, _, _) = node else { return true }
      return (0..<features).contains(test.feature)
    }
  }

  /// The votes of each tree's leaf for a row of features.
  func votes(_ row: ArraySlice<DoubleDouble>) -> [[Vote]] {
    roots.map { root in
      var position = root
      while case .branch(let test, let yes, let no) = nodes[position] {
        position = test.holds(row[row.startIndex + test.feature]) ? yes : no
      }
      guard case .leaf(let votes) = nodes[position] else { return [] }
      return votes
    }
  }
}

/// How the votes for a target become its score.
enum VoteAggregate: Int {
  case average, sum, minimum, maximum

  /// The scores of all rows; `base` is added to each target's after the aggregation.
  ///
  /// Left open: the average of a target that some tree gives no vote or several, extremes of no
  /// vote.
  func scores(
    _ forest: DecisionForest, _ x: FeatureMatrix, targets: Int, base: [DoubleDouble]?
  ) -> ScoreSums {
    var scores = ScoreSums(rows: x.rows, columns: targets, hasProducts: false)
    for row in 0..<x.rows {
      let trees = forest.votes(x.row(row))
      for target in 0..<targets {
        let own = trees.map { $0.filter { $0.target == target }.map(\.weight) }
        var (terms, isOpen) = aggregated(own)
        if let base { terms.append(base[target]) }
        let rounded = terms.count + (self == .average ? 1 : 0)
        scores.sums.append((terms, rounded > 1 ? rounded : 0))
        scores.open.append(isOpen)
      }
    }
    return scores
  }

  private func aggregated(_ trees: [[DoubleDouble]]) -> (terms: [DoubleDouble], isOpen: Bool) {
    let votes = trees.flatMap { $0 }
    switch self {
    case .sum: return (votes, false)
    case .average:
      let count = DoubleDouble(Double(Swift.max(1, votes.count)))
      return (votes.map { $0 / count }, !trees.allSatisfy { $0.count == 1 })
    case .minimum, .maximum:
      guard let first = votes.first else { return ([], true) }
      let isLess = self == .minimum
      return ([votes.dropFirst().reduce(first) { ($1 < $0) == isLess ? $1 : $0 }], false)
    }
  }
}
