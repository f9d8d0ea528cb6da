import ModelFormat
import Spec
import Tensors
import Testing

/// Expected values are the standard's examples and those of RE2's description of its syntax.
@Suite("Operators on texts and sequences")
struct TextTests {
  private static func matches(_ pattern: String, _ texts: [String]) throws -> [Int] {
    try SingleCall(
      "RegexFullMatch", 20, [try .strings(texts)], ["pattern": .string(pattern)]
    ).integers()
  }

  @Test("RegexFullMatch asks for the whole text")
  func wholeMatch() throws {
    #expect(
      try Self.matches(
        #"www\.[\w.-]+\.com"#, ["www.google.com", "www.facebook.com", "www.bbc.co.uk"]) == [
          1, 1, 0,
        ])
    #expect(try Self.matches("a|ab", ["ab", "abc"]) == [1, 0])
    #expect(try Self.matches("(?i)x{2,3}", ["xX", "xxxx"]) == [1, 0])
    #expect(try Self.matches(".", ["\u{E9}", "e\u{301}", "\n"]) == [1, 0, 0])
    #expect(try Self.matches("[^a-c]+", ["xyz", "xbz"]) == [1, 0])
    #expect(try Self.matches("(x+x+)+y", [String(repeating: "x", count: 60)]) == [0])
  }

  @Test(
    "RegexFullMatch refuses what is no pattern of RE2",
    arguments: ["(", "a)", "*a", "[b-a]", "x{3,2}", #"(a)\1"#, "a(?=b)", "a++", #"a\"#])
  func noPattern(_ pattern: String) throws {
    let call = SingleCall(
      "RegexFullMatch", 20, [try .strings(["a"])], ["pattern": .string(pattern)])
    #expect(call.refusal() == .invalid)
  }

  @Test("StringSplit fills rows up, and takes runs of blanks for one delimiter only by default")
  func split() throws {
    let dots = SingleCall(
      "StringSplit", 20, [try .strings(["abc.com", "abc.net.org"])], ["delimiter": .string(".")],
      outputs: 2)
    #expect(try dots.tensor().strings == ["abc", "com", "", "abc", "net", "org"])
    #expect(try dots.integers(1) == [2, 3])
    let blanks = SingleCall("StringSplit", 20, [try .strings([" a  b "])], outputs: 2)
    #expect(try blanks.tensor().strings == ["a", "b"])
    let spaces = SingleCall(
      "StringSplit", 20, [try .strings(["a  b"])],
      ["delimiter": .string(" "), "maxsplit": .int(1)], outputs: 2)
    #expect(try spaces.tensor().strings == ["a", " b"])
  }

  @Test("StringNormalizer removes stop words before it changes the case")
  func normalizer() throws {
    let x = try Value.strings(["monday", "Monday", "tuesday"])
    let attributes: [String: Attribute] = [
      "stopwords": .strings(["monday"]), "case_change_action": .string("UPPER"),
      "is_case_sensitive": .int(1),
    ]
    #expect(
      try SingleCall("StringNormalizer", 10, [x], attributes).tensor().strings
        == ["MONDAY", "TUESDAY"])
    let all: [String: Attribute] = ["stopwords": .strings(["MONDAY", "Tuesday"])]
    #expect(try SingleCall("StringNormalizer", 10, [x], all).tensor().strings == [""])
    #expect(
      SingleCall("StringNormalizer", 10, [x], ["case_change_action": .string("upper")]).refusal()
        == .invalid)
  }

  @Test("SplitToSequence cuts chunks with a scalar, and stacks back what it dropped the axis of")
  func sequences() throws {
    let x = try Value.reals([1, 2, 3, 4, 5], [5])
    let chunks = try SingleCall("SplitToSequence", 24, [x, try .integers([2], [])]).values()
    guard case .sequence(let parts, _) = chunks[0] else { throw NoTensor() }
    #expect(parts.map { $0.tensor?.shape } == [[2], [2], [1]])
    let scalars = try SingleCall("SplitToSequence", 24, [x], ["keepdims": .int(0)]).values()
    let stack: [String: Attribute] = ["axis": .int(0), "new_axis": .int(1)]
    #expect(
      try SingleCall("ConcatFromSequence", 11, scalars, stack).reals() == [1, 2, 3, 4, 5])
    #expect(
      SingleCall("ConcatFromSequence", 11, scalars, ["axis": .int(0)]).refusal() == .invalid)
  }

  private static func grams(
    _ x: Value, mode: String, skips: Int64, lengths: ClosedRange<Int64>,
    _ changes: [String: Attribute] = [:]
  ) -> SingleCall {
    let attributes: [String: Attribute] = [
      "mode": .string(mode), "max_skip_count": .int(skips),
      "min_gram_length": .int(lengths.lowerBound), "max_gram_length": .int(lengths.upperBound),
      "ngram_counts": .ints([0, 4]), "ngram_indexes": .ints([0, 1, 2, 3, 4, 5, 6]),
      "pool_int64s": .ints([2, 3, 5, 4, 5, 6, 7, 8, 6, 7]),
    ]
    return SingleCall("TfIdfVectorizer", 9, [x], attributes.merging(changes) { $1 })
  }

  /// The examples of the standard's own tests.
  @Test("TfIdfVectorizer counts with skips, and weighs by n-gram")
  func vectorizer() throws {
    let x = try Value.integers([1, 1, 3, 3, 3, 7, 8, 6, 7, 5, 6, 8])
    #expect(
      try Self.grams(x, mode: "TF", skips: 0, lengths: 2...2).reals() == [0, 0, 0, 0, 1, 1, 1])
    #expect(
      try Self.grams(x, mode: "TF", skips: 5, lengths: 2...2).reals() == [0, 0, 0, 0, 1, 3, 1])
    #expect(
      try Self.grams(x, mode: "TF", skips: 5, lengths: 1...2).reals() == [0, 3, 1, 0, 1, 3, 1])
    let changes: [String: Attribute] = [
      "weights": .floats([2, 2, 0.5, 2, 0.25, 3, 1]),
      "ngram_indexes": .ints([6, 5, 4, 3, 2, 1, 0]),
    ]
    #expect(
      try Self.grams(x, mode: "TFIDF", skips: 5, lengths: 1...2, changes).reals()
        == [1, 9, 0.25, 0, 0.5, 6, 0])
    #expect(
      try Self.grams(x, mode: "IDF", skips: 5, lengths: 1...2, changes).reals()
        == [1, 3, 0.25, 0, 0.5, 2, 0])
    #expect(Self.grams(x, mode: "BM25", skips: 0, lengths: 1...2).refusal() == .invalid)
    #expect(
      Self.grams(x, mode: "TF", skips: 0, lengths: 1...2, ["weights": .floats([1])]).refusal()
        == .invalid)
    #expect(
      Self.grams(try .strings(["a"]), mode: "TF", skips: 0, lengths: 1...2).refusal() == .invalid)
  }
}
