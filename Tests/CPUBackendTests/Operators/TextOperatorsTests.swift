import ModelFormat
import Tensors
import Testing

@Suite("Operators of the CPU backend on texts")
struct TextOperatorsTests {
  private func matches(_ pattern: String, _ texts: [String]) throws -> [UInt8] {
    try run(
      "RegexFullMatch", opset: 20, [strings([texts.count], texts)],
      attributes: ["pattern": .string(pattern)], output: .bool
    ).bytes
  }

  @Test("Whole texts match, by RE2's syntax")
  func syntax() throws {
    #expect(try matches("a|ab", ["ab", "abc", "a", ""]) == [1, 0, 1, 0])
    #expect(try matches("(?i)x{2,3}", ["xX", "xxxx", "x"]) == [1, 0, 0])
    #expect(try matches("[]a]+", ["]a", "["]) == [1, 0])
    #expect(try matches("a{2,}b??", ["aa", "aaab", "a"]) == [1, 1, 0])
    #expect(try matches(#"\w+\.\bcom\b"#, ["x.com", "x.coma"]) == [1, 0])
    #expect(try matches("(?s:.).", ["\na", "a\n"]) == [1, 0])
    #expect(try matches("(a|b*)*", ["abba", ""]) == [1, 1])
    #expect(try matches("x{,2}", ["x{,2}", "xx"]) == [1, 0])
  }

  @Test(
    "Nested repetitions take time linear in the text",
    arguments: ["(a*)*b", "(a|a)*b", "(a+a+)+b"])
  func hostile(_ pattern: String) throws {
    let text = String(repeating: "a", count: 30)
    #expect(try matches(pattern, [text, text + "b"]) == [0, 1])
  }

  @Test("Repetitions that would fill the memory are refused")
  func repetitions() {
    for pattern in ["((a{1000}){1000}){1000}", "(((){1000}){1000}){1000}"] {
      expectError(.unsupported(.construct)) { _ = try matches(pattern, ["a"]) }
    }
    expectError(.invalidModel) { _ = try matches("a{1001}", ["a"]) }
  }

  @Test(
    "What is no pattern of RE2 is refused",
    arguments: ["(", "a)", "*a", "[b-a]", "a++", "(?=a)"])
  func noPattern(_ pattern: String) {
    expectError(.invalidModel) { _ = try matches(pattern, ["a"]) }
  }

  @Test("N-grams are weighed by their place in the pool")
  func grams() throws {
    let y = try run(
      "TfIdfVectorizer", opset: 9, [strings([4], ["a", "b", "a", "b"])],
      attributes: [
        "mode": .string("TFIDF"), "max_skip_count": .int(1), "min_gram_length": .int(1),
        "max_gram_length": .int(2), "ngram_counts": .ints([0, 1]), "ngram_indexes": .ints([3, 0]),
        "pool_strings": .strings(["a", "a", "b"]), "weights": .floats([0.5, 3]),
      ], output: .f32)
    #expect(y == floats(.f32, [4], [6, 0, 0, 1]))
  }
}
