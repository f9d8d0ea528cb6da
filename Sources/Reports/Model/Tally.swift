/// How often each text occurs.
package struct Tally: Sendable {
  private var counts: [String: Int] = [:]

  package init(_ texts: some Sequence<String>) {
    for text in texts { counts[text, default: 0] += 1 }
  }

  /// Texts with their counts, the most frequent first, equal counts by text.
  package var largestFirst: [(key: String, count: Int)] {
    counts.map { (key: $0.key, count: $0.value) }
      .sorted { $0.count != $1.count ? $0.count > $1.count : $0.key < $1.key }
  }
}
