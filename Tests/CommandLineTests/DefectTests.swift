import Testing

/// What is broken is said in one line, with its own exit code.
@Suite("Command line: broken backends and suites")
struct DefectTests {
  private static let faulty = Assay.products + "/libAssayFaultyBackends.so"

  @Test("A backend that crashes fails the run, case by case, and the run goes on")
  func saboteur() throws {
    let scratch = try ScratchDirectory()
    let outcome = try Assay.runAdd(
      into: scratch.path("report"), backend: Self.faulty, filter: "op(Add) and dtype(f32)",
      ["--backend-option", "fault=segfault-in-execute"])
    #expect(outcome.ending == .exit(1))
    for group in ["same-shape", "halfway-sums"] {
      let line = outcome.output.split(separator: "\n").first {
        $0.hasPrefix("CRASH onnx/Add-14/f32/\(group)#000 ")
      }
      #expect(line?.contains("SIGSEGV during run; worker replaced") == true, "\(outcome.output)")
    }
    #expect(outcome.lastLine == "0 passed, 2 failed, 0 skipped")
    #expect(try scratch.text("report/junit.xml").contains("SIGSEGV"))
  }

  @Test("The same library without a fault passes")
  func withoutFault() throws {
    let scratch = try ScratchDirectory()
    let outcome = try Assay.runAdd(
      into: scratch.path("report"), backend: Self.faulty, filter: "op(Add) and dtype(f32)")
    #expect(outcome.ending == .exit(0))
    #expect(outcome.lastLine == "2 passed, 0 failed, 0 skipped")
  }

  @Test("A library that is no backend is a usage error in one line")
  func noSymbol() throws {
    let scratch = try ScratchDirectory()
    let library = scratch.path("no_symbol.so")
    let compiled = try Assay.execute([
      "cc", "-shared", "-fPIC", "-ISources/BackendABI/include", "-o", library,
      "Tests/FaultyBackends/fixtures/no_symbol.c",
    ])
    try #require(compiled.ending == .exit(0), "\(compiled.errors)")
    let outcome = try Assay.runAdd(into: scratch.path("report"), backend: library)
    #expect(outcome.ending == .exit(2))
    #expect(outcome.output == "")
    #expect(
      outcome.errors == """
        assay: backend \(library) does not start: \(library) is no backend: \
        it does not export assay_backend_api

        """)
    #expect(!scratch.exists("report/events.jsonl"))
  }

  @Test("A backend that is not there is a usage error in one line")
  func missingBackend() throws {
    let scratch = try ScratchDirectory()
    let library = scratch.path("nothing.so")
    let outcome = try Assay.runAdd(into: scratch.path("report"), backend: library)
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors == "assay: \(library) does not exist; check the path of the backend\n")
  }

  @Test("A golden with one bit changed judges nothing: inconclusive, exit 3, by the file's name")
  func flippedGolden() throws {
    let scratch = try ScratchDirectory()
    try scratch.copy(Assay.root + "/golden-outputs")
    let name = "golden-outputs/operators/math/Add.smoke.safetensors"
    var bytes = try scratch.contents(name)
    bytes[bytes.count - 1] ^= 1
    try scratch.write(bytes, to: name)
    let outcome = try Assay.runAdd(
      into: scratch.path("report"), ["--goldens", scratch.path("golden-outputs")])
    #expect(outcome.ending == .exit(3))
    #expect(
      outcome.output.contains(
        scratch.path(name) + ": its SHA-256 differs from the manifest; "
          + "restore the file or run scripts/regenerate"))
    #expect(outcome.lastLine == "0 passed, 6 failed, 0 skipped")
  }

  @Test("A copied suite without a change is judged like the original")
  func copiedSuite() throws {
    let scratch = try ScratchDirectory()
    try scratch.copy(Assay.root + "/golden-outputs")
    try scratch.copy(Assay.root + "/conformance-cases")
    let outcome = try Assay.runAdd(
      into: scratch.path("report"),
      [
        "--goldens", scratch.path("golden-outputs"), "--cases", scratch.path("conformance-cases"),
      ])
    #expect(outcome.ending == .exit(0))
    #expect(outcome.lastLine == "6 passed, 0 failed, 0 skipped")
  }

  @Test("A case file with an unknown key is refused with file and line")
  func unknownKey() throws {
    let scratch = try ScratchDirectory()
    try scratch.copy(Assay.root + "/conformance-cases")
    let name = "conformance-cases/operators/math/Add.yaml"
    var text = try scratch.text(name)
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).count
    text += "frobnicate: 1\n"
    try scratch.write(Array(text.utf8), to: name)
    let outcome = try Assay.run(["list", "--cases", scratch.path("conformance-cases")])
    #expect(outcome.ending == .exit(2))
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("Add.yaml:\(line): unknown key \"frobnicate\""))
  }

  @Test("A case that the manifest does not know is refused, never silently run or left out")
  func otherCatalogue() throws {
    let scratch = try ScratchDirectory()
    try scratch.copy(Assay.root + "/conformance-cases")
    let name = "conformance-cases/operators/math/Add.yaml"
    let text = try scratch.text(name)
    let changed = text.replacing("name: same-shape", with: "name: same-form")
    try #require(changed != text)
    try scratch.write(Array(changed.utf8), to: name)
    let outcome = try Assay.run(["list", "--cases", scratch.path("conformance-cases")])
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors.contains("manifest.json: "))
  }
}
