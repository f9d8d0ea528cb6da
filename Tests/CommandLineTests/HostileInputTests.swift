import Cases
import Spec
import Testing

/// Suites, models and options that no one should give: one error that says what, where and what to
/// do, the documented exit code, and nothing left behind.
@Suite("Command line: hostile input")
struct HostileInputTests {
  /// The message of `assay list` over the suite with Add's case file replaced.
  private static func listing(_ caseFile: [UInt8]) throws -> Assay.Outcome {
    let scratch = try ScratchDirectory()
    try scratch.copy(Assay.root + "/conformance-cases")
    try scratch.write(caseFile, to: "conformance-cases/operators/math/Add.yaml")
    return try Assay.run(["list", "--count", "--cases", scratch.path("conformance-cases")])
  }

  @Test("A case file that is not UTF-8, not YAML, or far too deep is refused by its name")
  func notYAML() throws {
    let deep = [UInt8](repeating: 0x5B, count: 200_000)
    let messages: [([UInt8], String)] = [
      (Array("operator: Add".utf8) + [0xFF, 0xFE], "not UTF-8"),
      ([], "1: the file is empty"), ([0, 0, 0], "1: not YAML: control characters are not allowed"),
      (deep, "1: more than 100 nested lists and mappings"),
      (Array("a: 1\n---\nb: 2\n".utf8), "2: a second document begins here; delete the line ---"),
      (Array("[a]: 1\n".utf8), "1: a key must be text"),
      (
        Array(((0..<30).map { "k\($0): 1\n" } + ["k7: 2\n"]).joined().utf8),
        #"31: the key "k7" is written twice; delete one"#
      ),
      (Array("a: *x\n".utf8), "1: not YAML: found undefined alias"),
    ]
    for (bytes, message) in messages {
      let outcome = try Self.listing(bytes)
      #expect(outcome.ending == .exit(2))
      #expect(outcome.output == "")
      let place = message.first?.isNumber == true ? "Add.yaml:" : "Add.yaml: "
      #expect(outcome.errors == "assay: \(place)\(message)\n")
    }
  }

  @Test("Aliases of aliases that stand for more values than any memory holds are refused")
  func aliasBomb() throws {
    var text = "operator: Add\nconstraints:\n  a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
    for level in 1..<12 {
      let aliases = [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ",")
      text += "  a\(level): &a\(level) [\(aliases)]\n"
    }
    let outcome = try Self.listing(Array(text.utf8))
    #expect(outcome.ending == .exit(2))
    #expect(
      outcome.errors
        == "assay: Add.yaml:8: more than 200000 values with aliases written out; "
        + "use fewer aliases\n")
  }

  @Test("A pipe in the place of a case file is refused, not waited for")
  func pipe() throws {
    let scratch = try ScratchDirectory()
    try scratch.copy(Assay.root + "/conformance-cases")
    let path = scratch.path("conformance-cases/operators/math/Add.yaml")
    try #require(try Assay.execute(["sh", "-c", "rm $0 && mkfifo $0", path]).ending == .exit(0))
    let outcome = try Assay.run(["list", "--cases", scratch.path("conformance-cases")])
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors == "assay: Add.yaml: not a regular file\n")
  }

  @Test("A truncated manifest is refused by its path")
  func truncatedManifest() throws {
    let scratch = try ScratchDirectory()
    try scratch.makeFolder("goldens")
    try scratch.write(Array("{\"goldens\": {".utf8), to: "goldens/manifest.json")
    let outcome = try Assay.run(["list", "--goldens", scratch.path("goldens")])
    #expect(outcome.ending == .exit(2))
    #expect(
      outcome.errors.hasPrefix("assay: \(scratch.path("goldens/manifest.json")): line 1, byte "))
    #expect(outcome.errors.hasSuffix("run scripts/regenerate\n"))
  }

  @Test("A case that asks for a tensor larger than any is inconclusive, by file and line")
  func hugeTensor() throws {
    let scratch = try ScratchDirectory()
    try scratch.copy(Assay.root + "/conformance-cases")
    let name = "conformance-cases/operators/math/Add.yaml"
    let text = try scratch.text(name)
    let place = try #require(text.firstRange(of: "shape: ["))
    var changed = text
    changed.insert(contentsOf: "99999999, 99999999, ", at: place.upperBound)
    try scratch.write(Array(changed.utf8), to: name)
    let words = ["--cases", scratch.path("conformance-cases"), "--quiet"]
    func run(_ more: [String]) throws -> Assay.Outcome {
      try Assay.runAdd(
        into: scratch.path("report"), filter: "op(Add) and group(=same-shape)", words + more)
    }
    let stranger = try run([])
    #expect(stranger.ending == .exit(2))
    #expect(stranger.errors.contains("operators/math/Add.yaml is not the file"))
    try scratch.makeFolder("goldens")
    try scratch.link("goldens/operators", to: Assay.root + "/golden-outputs/operators")
    let manifest = try scratch.manifest(knowing: changed, insteadOf: text)
    try scratch.write(Array(manifest.utf8), to: "goldens/manifest.json")
    let outcome = try run(["--goldens", scratch.path("goldens")])
    #expect(outcome.ending == .exit(3))
    #expect(outcome.output.contains("the case cannot be made: Add.yaml:"))
  }

  @Test(
    "An option out of its range is named with the range",
    arguments: [
      (["--jobs", "0"], "--jobs 0: give 1 to 64"),
      (["--repeat", "0"], "--repeat 0: give 1 to 1000"),
      (["--timeout-scale", "nan"], "--timeout-scale nan: give a number above 0, at most 1000"),
      (["--memory-limit", "1"], "--memory-limit 1: give 64 to 16777215"),
      (["--max-fail", "0"], "--max-fail 0: give a number of failures, at least 1"),
      (["--shard", "3/2"], "--shard 3/2: write hash:m/n with 1 <= m <= n <= 64"),
      (["--shard", "hash:3/2"], "--shard hash:3/2: write hash:m/n with 1 <= m <= n <= 64"),
      (["--tier", "nope"], "--tier nope: choose smoke, ci, full or heavy"),
      (["--env", "X"], "--env X: write NAME=VALUE"),
    ])
  func outOfRange(_ option: [String], _ message: String) throws {
    let scratch = try ScratchDirectory()
    let outcome = try Assay.run(
      ["run", "--backend", "cpu", "--report", scratch.path("report")] + option)
    #expect(outcome.ending == .exit(2))
    #expect(outcome.output == "")
    #expect(outcome.errors == "assay: \(message)\n")
    #expect(!scratch.exists("report"))
  }

  @Test("A filter nested ten thousand times is refused by its column, not by a crash")
  func deepFilter() throws {
    let filter = String(repeating: "(", count: 10_000)
    let outcome = try Assay.run(["list", "-E", filter])
    #expect(outcome.ending == .exit(2))
    #expect(
      outcome.errors == "assay: -E: filter, column 101: the expression is nested too deeply\n")
  }
}

extension ScratchDirectory {
  /// The manifest of the package with the digest of one case file replaced.
  fileprivate func manifest(knowing text: String, insteadOf old: String) throws -> String {
    let stored = try FileContents.bytes(at: Assay.root + "/golden-outputs/manifest.json")
    func digest(_ text: String) -> String {
      SHA256.hexadecimal(SHA256.digest(of: Array(text.utf8)))
    }
    let changed = String(decoding: stored, as: UTF8.self).replacing(digest(old), with: digest(text))
    try #require(Array(changed.utf8) != stored)
    return changed
  }
}
