/// The order in which an operator adds, as the tree of its additions.
///
/// Decoded from sums of M, −M and ones, M so large that it absorbs what it is added to: what is left
/// of n − 2 ones are those that join after M and −M met. So n less what is left is the number of
/// terms below the addition in which the two meet, and all pairs of places give the tree (idea:
/// FPRev, USENIX ATC 2025).
package struct SummationTree: Hashable, Sendable {
  /// A sum of terms: one of them, or an addition of several partial sums in one step.
  package indirect enum Node: Hashable, Sendable {
    case term(Int)
    case sum([Node])
  }

  package let root: Node
  package let count: Int

  /// Reads the sums with M at `i` and −M at `j`; nil where they come from no tree, as where a sum
  /// is wider than M, or its order changes from row to row.
  ///
  /// - Parameters:
  ///   - count: the number n of terms, at least 2.
  ///   - left: what was left of the ones, by i and j, i < j.
  package init?(count: Int, left: (Int, Int) -> Double) {
    guard count >= 2 else { return nil }
    var sizes = [[Int]](repeating: [Int](repeating: 1, count: count), count: count)
    for i in 0..<count {
      for j in (i + 1)..<count {
        let rest = left(i, j)
        guard let whole = Int(exactly: rest), (0...(count - 2)).contains(whole) else { return nil }
        sizes[i][j] = count - whole
        sizes[j][i] = count - whole
      }
    }
    guard let root = Self.node(Array(0..<count), sizes) else { return nil }
    (self.root, self.count) = (root, count)
  }

  /// The tree over some terms: those that meet in fewer additions than all of them lie below one
  /// child.
  private static func node(_ terms: [Int], _ sizes: [[Int]]) -> Node? {
    guard terms.count > 1 else { return terms.first.map { .term($0) } }
    var children: [Node] = []
    var rest = terms[...]
    while let first = rest.first {
      let together = rest.filter { sizes[first][$0] < terms.count }
      let apart = rest.filter { sizes[first][$0] >= terms.count }
      // A relation that is no equivalence, or a size that no set has, comes from no tree.
      guard together.count < terms.count, !together.isEmpty,
        apart.allSatisfy({ other in together.allSatisfy { sizes[$0][other] == terms.count } }),
        let child = node(Array(together), sizes)
      else { return nil }
      children.append(child)
      rest = apart[...]
    }
    return .sum(children)
  }
}

extension SummationTree.Node {
  /// The terms below, ascending.
  package var terms: [Int] {
    switch self {
    case .term(let place): [place]
    case .sum(let parts): parts.flatMap(\.terms).sorted()
    }
  }

  /// The largest number of additions that a term passes through.
  package var depth: Int {
    switch self {
    case .term: 0
    case .sum(let parts): 1 + (parts.map(\.depth).max() ?? 0)
    }
  }

  /// The largest number of partial sums that meet in one step.
  package var width: Int {
    switch self {
    case .term: 1
    case .sum(let parts): max(parts.count, parts.map(\.width).max() ?? 1)
    }
  }

  /// The terms in the order in which they join one running sum; nil for other trees. The two that
  /// begin are given by rising place.
  package var sequence: [Int]? {
    guard case .sum(let parts) = self else { return terms }
    guard parts.count == 2 else { return nil }
    let leaves = parts.compactMap { if case .term(let place) = $0 { place } else { nil } }
    if leaves.count == 2 { return leaves.sorted() }
    guard let last = leaves.first, let inner = parts.first(where: { $0.terms.count > 1 }) else {
      return nil
    }
    return inner.sequence.map { $0 + [last] }
  }

  /// The tree's parts that hold exactly these terms; nil when no partial sum does.
  package func part(of terms: [Int]) -> Self? {
    let own = self.terms
    if own == terms { return self }
    guard case .sum(let parts) = self else { return nil }
    for part in parts {
      if let found = part.part(of: terms) { return found }
    }
    return nil
  }
}
