/// A regular expression in the syntax of RE2, matched against whole texts.
///
/// Literals, `.`, classes, `\d \w \s` and their negations, groups, alternatives, repetitions
/// (greedy or not, which does not matter for a whole match), `^`, `$`, `\b`, `\B` and the flags i
/// and s. Everything else is refused: as invalid where RE2 refuses it too, else as not evaluated.
///
/// Matching carries the set of all places where a part of the pattern may end, so that it needs no
/// backtracking and takes time in the product of both lengths.
struct TextPattern {
  indirect enum Node {
    /// One scalar for which the test holds.
    case scalar(@Sendable (Unicode.Scalar) -> Bool)
    case sequence([Node])
    case either([Node])
    case repeated(Node, least: Int, most: Int?)
    case start
    case end
    case border(isNegated: Bool)
  }

  private let root: Node

  /// - Throws: `invalid` for a pattern that RE2 refuses, `unsupported` for one not evaluated here.
  init(_ pattern: String) throws(EvaluationError) {
    var parser = TextPatternParser(pattern)
    root = try parser.parse()
  }

  func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    return ends(of: root, from: [0], scalars).contains(scalars.count)
  }

  /// The places where the node may end when it begins at one of the given ones.
  private func ends(
    of node: Node, from starts: Set<Int>, _ text: [Unicode.Scalar]
  ) -> Set<Int> {
    switch node {
    case .scalar(let test):
      return Set(starts.filter { $0 < text.count && test(text[$0]) }.map { $0 + 1 })
    case .sequence(let parts):
      return parts.reduce(starts) { ends(of: $1, from: $0, text) }
    case .either(let choices):
      return choices.reduce(into: []) { $0.formUnion(ends(of: $1, from: starts, text)) }
    case .repeated(let part, let least, let most):
      var current = starts
      for _ in 0..<least { current = ends(of: part, from: current, text) }
      var all = current
      var count = least
      while most.map({ count < $0 }) ?? true, !current.isEmpty {
        current = ends(of: part, from: current, text).subtracting(all)
        all.formUnion(current)
        count += 1
      }
      return all
    case .start: return starts.filter { $0 == 0 }
    case .end: return starts.filter { $0 == text.count }
    case .border(let isNegated):
      return starts.filter { place in
        let before = place > 0 && TextPatternParser.isWord(text[place - 1])
        let after = place < text.count && TextPatternParser.isWord(text[place])
        return (before != after) != isNegated
      }
    }
  }
}
