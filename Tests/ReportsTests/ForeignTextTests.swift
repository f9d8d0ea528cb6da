import Reports
import Testing

@Suite("Foreign text")
struct ForeignTextTests {
  @Test("Ordinary text, umlauts, CJK and emoji stay as they are")
  func keepsText() {
    let text = "Grüße, 昇腾 910B, 😀\ttab\nline\rcarriage"
    #expect(ForeignText.cleaned(text) == text)
  }

  @Test(
    "Controls and noncharacters become visible escapes",
    arguments: [
      ("a\u{0}b", "a\\x00b"), ("a\u{1}b", "a\\x01b"), ("a\u{8}b", "a\\x08b"),
      ("a\u{1F}b", "a\\x1Fb"), ("a\u{7F}b", "a\\x7Fb"), ("a\u{85}b", "a\\x85b"),
      ("a\u{FFFE}b", "a\\uFFFEb"), ("a\u{FFFF}b", "a\\uFFFFb"), ("a\u{202E}b", "a\\u202Eb"),
      ("\u{1B}", "\\x1B"), ("\u{1B}c", "\\x1Bc"),
    ])
  func escapes(_ text: String, _ expected: String) {
    #expect(ForeignText.cleaned(text) == expected)
  }

  @Test(
    "Terminal sequences disappear",
    arguments: [
      ("\u{1B}[31mred\u{1B}[0m", "red"), ("\u{1B}[2J\u{1B}[Hx", "x"), ("\u{9B}1;5mx", "x"),
      ("\u{1B}]0;title\u{7}x", "x"), ("\u{1B}]8;;file:///\u{1B}\\link", "link"),
      ("\u{9D}0;t\u{9C}x", "x"), ("\u{1B}Pq#0\u{1B}\\x", "x"), ("\u{1B}[?25lx", "x"),
    ])
  func stripsSequences(_ text: String, _ expected: String) {
    #expect(ForeignText.cleaned(text) == expected)
  }

  @Test("A sequence without its end hides nothing that follows")
  func openSequenceHidesNothing() {
    #expect(ForeignText.cleaned("\u{1B}]0;verdict: fail") == "\\x1B]0;verdict: fail")
    #expect(ForeignText.cleaned("\u{1B}[12\nverdict") == "\nverdict")
    #expect(ForeignText.cleaned("a\u{1B}[") == "a")
  }

  @Test("Invalid UTF-8 becomes U+FFFD")
  func decodes() {
    #expect(ForeignText.decoded([0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
    #expect(ForeignText.decoded([0xED, 0xA0, 0x80]).unicodeScalars.allSatisfy { $0 == "\u{FFFD}" })
    #expect(ForeignText.decoded([0xE6, 0x98]) == "\u{FFFD}")
  }

  @Test("Cleaning is idempotent")
  func idempotent() {
    let text = "\u{1B}[1m\u{0}\u{FFFE}]]>\u{202E}&<\r\n"
    let once = ForeignText.cleaned(text)
    #expect(ForeignText.cleaned(once) == once)
  }

  @Test("Every scalar that stays is a character of XML 1.0")
  func onlyXMLCharacters() {
    let all = (0...0x1_10FF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
    let cleaned = ForeignText.cleaned(String(String.UnicodeScalarView(all)))
    let legal: [ClosedRange<UInt32>] = [
      0x9...0xA, 0xD...0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF,
    ]
    let illegal = cleaned.unicodeScalars.filter { scalar in
      !legal.contains { $0.contains(scalar.value) }
    }
    #expect(illegal.isEmpty)
  }

  @Test("Lines end at LF, CR and CR LF; trailing empty ones go")
  func lines() {
    #expect(ForeignText.lines("a\r\nb\rc\nd\n\n") == ["a", "b", "c", "d"])
    #expect(ForeignText.lines("\n\na") == ["", "", "a"])
    #expect(ForeignText.lines("") == [])
  }

  @Test("One line has single spaces only")
  func oneLine() {
    #expect(ForeignText.oneLine("  a\r\n\tb \u{2028} c ") == "a b c")
  }

  @Test("Truncation keeps the limit, cuts at a scalar and counts what is gone")
  func truncates() {
    #expect(ForeignText.truncated("abc", bytes: 3) == "abc")
    let text = String(repeating: "é", count: 100)
    let cut = ForeignText.truncated(text, bytes: 51)
    #expect(cut.utf8.count <= 51)
    let kept = cut.prefix { $0 == "é" }.count
    #expect(cut == String(repeating: "é", count: kept) + "… \(200 - 2 * kept) bytes more")
  }

  @Test("A megabyte of controls is cleaned without loss")
  func large() {
    let text = String(repeating: "\u{1}a", count: 1 << 19)
    #expect(ForeignText.cleaned(text).utf8.count == 5 << 19)
  }
}
