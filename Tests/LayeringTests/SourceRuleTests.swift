import Testing

@Suite("Rules for source files")
struct SourceRuleTests {
  private static let endings = [".swift", ".c", ".h", ".inc", ".def"]

  @Test("No hand-written file is over its budget of lines")
  func lengths() throws {
    var violations: [String] = []
    for folder in ["Sources", "Tests"] {
      for path in try SourceTree.files(under: folder, endings: Self.endings)
      where !SourceTree.isGenerated(path) {
        // The line feed at the end starts no further line.
        let count = try SourceTree.lines(of: path).count - 1
        if let found = SourceRules.lengthViolation(path: path, lines: count) {
          violations.append(found)
        }
      }
    }
    #expect(violations == [])
  }

  @Test("No source ends the process on purpose, outside of the list")
  func traps() throws {
    var violations: [String] = []
    for path in try SourceTree.files(under: "Sources") where !SourceTree.isGenerated(path) {
      violations += SourceRules.trapViolations(path: path, lines: try SourceTree.lines(of: path))
    }
    #expect(violations == [])
  }

  @Test("Every exception names a file that exists")
  func exceptionsAreCurrent() throws {
    let files = Set(try SourceTree.files(under: "Sources", endings: Self.endings))
    let listed = Set(SourceRules.longFiles.keys).union(SourceRules.trapFiles.keys)
    #expect(listed.subtracting(files).sorted() == [])
  }

  @Test("A file over the limit and one over the budget are caught; a listed one only by the limit")
  func inventedLengths() {
    #expect(SourceRules.lengthViolation(path: "a.swift", lines: 400) == nil)
    #expect(
      SourceRules.lengthViolation(path: "a.swift", lines: 401)
        == "a.swift: 401 lines, the budget is 400")
    let listed = "Sources/BackendABI/include/assay_backend.h"
    #expect(SourceRules.lengthViolation(path: listed, lines: 600) == nil)
    #expect(
      SourceRules.lengthViolation(path: listed, lines: 601)
        == "\(listed): 601 lines, the limit is 600")
  }

  @Test(
    "Every trap is caught",
    arguments: [
      "fatalError(\"x\")", "let a = try! f()", "let b = c as! D", "  precondition(a > 0)",
      "preconditionFailure()",
    ])
  func inventedTrap(_ line: String) {
    #expect(SourceRules.trapViolations(path: "a.swift", lines: ["", line]).count == 1)
  }

  @Test(
    "What only looks like a trap is none",
    arguments: ["// try! is not used", "let a = b as? C", "try f()", "a != b"])
  func noTrap(_ line: String) {
    #expect(SourceRules.trapViolations(path: "a.swift", lines: [line]) == [])
  }
}
