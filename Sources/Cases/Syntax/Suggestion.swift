/// Finds what somebody probably meant to write.
enum Suggestion {
  /// The known word with the fewest edits, when it is near enough to be a slip of the pen.
  static func nearest(to word: String, among known: some Sequence<String>) -> String? {
    // Any single letter is one edit away from any other: that suggests nothing.
    let limit = word.count < 2 ? 0 : max(1, word.count / 3)
    let ranked = known.map { (distance: distance(word, $0), word: $0) }
    guard let best = ranked.min(by: { $0 < $1 }), best.distance <= limit else { return nil }
    return best.word
  }

  /// The number of insertions, deletions and substitutions (Levenshtein), ignoring case.
  static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.lowercased()), Array(b.lowercased()))
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let substituted = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
