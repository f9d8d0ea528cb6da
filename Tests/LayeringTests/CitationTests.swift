import Testing

@Suite("Citations of docs/numerics.md")
struct CitationTests {
  private static let path = "docs/numerics.md"

  private static func rules() throws -> CitationRules {
    CitationRules(document: try SourceTree.lines(of: path))
  }

  @Test("Every section of the numerics document that sources, tests and README cite exists")
  func citationsResolve() throws {
    let rules = try Self.rules()
    var violations: [String] = []
    var count = 0
    let sources = try SourceTree.files(under: "Sources") + SourceTree.files(under: "Tests")
    let pages = try SourceTree.files(under: "docs", endings: [".md"])
    // This suite cites sections that do not exist, on purpose.
    for path in sources + pages + ["README.md"] where !path.hasSuffix("/CitationTests.swift") {
      let lines = try SourceTree.lines(of: path)
      count += lines.reduce(0) { $0 + CitationRules.citations(in: String($1)).count }
      violations += rules.violations(path: path, lines: lines)
    }
    #expect(violations == [])
    // A reader of citations that finds none would agree with everything.
    #expect(count > 90)
  }

  @Test("The document has every class, special and stage that verdicts cite")
  func sections() throws {
    let sections = try Self.rules().sections
    for number in 1...13 { #expect(sections["6.\(number)"] != nil, "§6.\(number)") }
    #expect(sections["6.11"] == ["S1", "S2", "S3", "S4", "S5", "S6"])
    #expect(sections["6.4"] == ["a", "b", "c", "d"])
    for number in ["2.3", "2.4", "2.5", "4.3", "7", "8.1", "8.2", "9.1", "10", "11"] {
      #expect(sections[number] != nil, "§\(number)")
    }
  }

  @Test("Every file and folder that the document names exists")
  func paths() throws {
    var missing: [String] = []
    var count = 0
    for line in try SourceTree.lines(of: Self.path) {
      for (position, piece) in line.split(separator: "`", omittingEmptySubsequences: false)
        .enumerated()
      where position % 2 == 1 && (piece.hasPrefix("Sources/") || piece.hasPrefix("Tests/")) {
        count += 1
        if !SourceTree.exists(String(piece)) { missing.append(String(piece)) }
      }
    }
    #expect(missing == [])
    #expect(count > 10)
    #expect(!SourceTree.exists("Sources/Invented.swift"))
  }

  @Test("Every start value names its code and carries an evidence column")
  func startValues() throws {
    let lines = try SourceTree.lines(of: Self.path).drop { !$0.hasPrefix("## 11") }
      .prefix { !$0.hasPrefix("### 11.1") }
    let rows = lines.filter { $0.hasPrefix("| ") }.dropFirst()
    #expect(rows.count >= 12)
    for row in rows {
      let cells = row.split(separator: "|").map { $0.filter { $0 != " " } }
      #expect(cells.count == 4 && cells.allSatisfy { !$0.isEmpty }, "\(row)")
    }
  }

  @Test("A citation of a missing section or label is caught, with file and line")
  func invented() {
    let rules = CitationRules(
      document: [
        "## 6. Classes", "### 6.4 D: sums", "- **a. hard**: x", "### 6.11 Specials", "- **S1** y",
      ])
    let lines = [
      "/// fine (numerics §6.4 a)", "/// fine (numerics §6, §6.11 S1)", "/// (numerics §6.12)",
      "/// (numerics §6.11 S7)", "/// (numerics §6.4–6.9)", "/// other book §9.9",
    ]
    #expect(
      rules.violations(path: "a.swift", lines: lines) == [
        "a.swift:3: numerics §6.12 does not exist", "a.swift:4: numerics §6.11 has no S7",
        "a.swift:5: numerics §6.9 does not exist",
      ])
  }

  @Test("Citations end with their parenthesis and may be a range")
  func forms() {
    func sections(_ line: String) -> [String] {
      CitationRules.citations(in: line).map(\.section)
    }
    #expect(sections("(numerics §6.3–6.6).") == ["6.3", "6.6"])
    #expect(sections("(numerics §6.4 b and c, §6.6); Higham §3.1") == ["6.4", "6.6"])
    #expect(sections("of numerics §7 names the verdict.") == ["7"])
    #expect(sections("the numerics document, §6.") == ["6"])
    #expect(sections("Higham §3.1") == [])
  }
}
