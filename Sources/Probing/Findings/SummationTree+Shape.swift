extension SummationTree {
  /// A shape of additions that has a name.
  package enum Shape: Hashable, Sendable {
    /// Each term joins one running sum.
    case inOrder
    case backwards
    /// Term i joins lane i mod w; the lanes are added at the end.
    case lanes(Int)
    /// Neighbouring terms are added in blocks of so many, then the blocks.
    case blocks(Int)
    /// Halves of halves.
    case pairwise
    /// None of these: the additions on the longest way, and the most that meet in one step.
    case other(depth: Int, width: Int)
  }

  /// The shape of the tree.
  package var shape: Shape {
    let terms = Array(0..<count)
    if let sequence = root.sequence {
      if sequence == terms { return .inOrder }
      // The two terms that begin are a pair without an order.
      if sequence.count > 2, Array(sequence[2...]) == Array(terms.reversed()[2...]) {
        return .backwards
      }
    }
    if isPairwise { return .pairwise }
    let sizes = [2, 4, 8, 16, 32, 64, 128].filter { $0 < count }
    if let lanes = sizes.first(where: { lane in
      isMade(of: (0..<lane).map { Array(stride(from: $0, to: count, by: lane)) })
    }) {
      return .lanes(lanes)
    }
    if let block = sizes.last(where: { block in
      isMade(
        of: stride(from: 0, to: count, by: block).map { Array($0..<min($0 + block, count)) })
    }) {
      return .blocks(block)
    }
    return .other(depth: root.depth, width: root.width)
  }

  /// Whether these sets of terms are partial sums, each added in order.
  private func isMade(of parts: [[Int]]) -> Bool {
    parts.allSatisfy { root.part(of: $0)?.sequence == $0 }
  }

  private var isPairwise: Bool {
    func isHalved(_ node: Node) -> Bool {
      guard case .sum(let parts) = node else { return true }
      let terms = node.terms
      guard parts.count == 2, let middle = parts.map(\.terms).min(by: { $0[0] < $1[0] }) else {
        return false
      }
      // The larger half first where a number is odd, or the smaller one.
      let halves = [terms.count / 2, terms.count - terms.count / 2]
      return halves.contains(middle.count) && middle == Array(terms[..<middle.count])
        && parts.allSatisfy(isHalved)
    }
    return isHalved(root)
  }

  /// The shape as the end of a sentence: `terms added in order`.
  package var text: String {
    switch shape {
    case .inOrder: "terms added in order"
    case .backwards: "terms added from the last one on"
    case .lanes(let count): "terms added in \(count) lanes"
    case .blocks(let length): "terms added in blocks of \(length)"
    case .pairwise: "terms added pairwise"
    case .other(let depth, let width):
      "terms added in a tree of depth \(depth)" + (width > 2 ? ", up to \(width) at once" : "")
    }
  }
}
