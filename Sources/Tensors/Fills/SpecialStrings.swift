/// Strings at which text operators go wrong.
enum SpecialStrings {
  static let all = [
    "", " ", "a", "A", "NaN", "-0", "1e-40", "tab\tinside", "Straße", "naïve", "日本語", "🙂",
    "e\u{301}",
  ]

  private static let fragments = [
    "", "a", "be", "sea", "Delta", "ECHO", "7", "42", " ", "-", "ä", "ß", "é", "λόγος", "水", "🙂",
  ]

  /// Random concatenations of up to four fragments.
  static func words(count: Int, _ random: inout CounterRandom) -> [String] {
    (0..<count).map { _ in
      (0..<random.nextInteger(in: 0...4)).reduce(into: "") { text, _ in
        text += fragments[Int(random.nextInteger(in: 0...Int64(fragments.count - 1)))]
      }
    }
  }
}
