extension Syntax {
  /// The versions that `all`, `13`, `>=13`, `<13`, `9..12`, `earlier` or a list of these selects.
  ///
  /// Those of `earlier`, before operator set 9, are named one by one or by their word alone.
  func versions(
    among available: [Int], earlier: [Int] = [], of name: String
  ) throws(SyntaxFault) -> [Int] {
    var selected: Set<Int> = []
    for part in elements ?? [self] {
      let chosen = try part.selection(available, earlier, name)
      guard !chosen.isEmpty else {
        let known = (earlier + available).map { "\($0)" }.joined(separator: ", ")
        throw SyntaxFault(
          part.line, "\(part.summary) selects no version of \(name)", remedy: "it has \(known)")
      }
      selected.formUnion(chosen)
    }
    return selected.sorted()
  }

  private func selection(
    _ available: [Int], _ earlier: [Int], _ name: String
  ) throws(SyntaxFault) -> [Int] {
    let text = try requireText("versions")
    if text == "all" { return available }
    if text == "earlier" { return earlier }
    if let version = Int(text) { return (earlier + available).filter { $0 == version } }
    for (sign, holds) in Self.comparisons where text.hasPrefix(sign) {
      if let bound = Int(text.dropFirst(sign.count).drop { $0 == " " }) {
        return available.filter { holds($0, bound) }
      }
    }
    let ends = text.split(separator: ".", omittingEmptySubsequences: true).map { Int($0) }
    if text.contains(".."), ends.count == 2, let low = ends[0], let high = ends[1] {
      return available.filter { $0 >= low && $0 <= high }
    }
    throw SyntaxFault(
      line, "\"\(text)\" selects no versions",
      remedy: "write all, 13, \">=13\", \"<13\", 9..12 or earlier")
  }

  private static let comparisons: [(String, @Sendable (Int, Int) -> Bool)] = [
    (">=", { $0 >= $1 }), ("<=", { $0 <= $1 }), (">", { $0 > $1 }), ("<", { $0 < $1 }),
  ]
}
