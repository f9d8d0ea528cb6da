import Testing

/// Folders in the classic ONNX layout with something missing or broken.
@Suite("Command line: broken foreign suites")
struct ForeignSuiteTests {
  private static let damaged = "suite/onnx_Add-14_f32_halfway-sums_000"

  /// A suite of two cases; `damage` is a shell command run in the folder of the first.
  private static func run(_ damage: String, _ more: [String] = []) throws -> (
    outcome: Assay.Outcome, scratch: ScratchDirectory
  ) {
    let scratch = try ScratchDirectory()
    let suite = scratch.path("suite")
    let export = try Assay.run([
      "export", "--tier", "smoke", "-E", "op(Add) and dtype(f32)", "--into", suite,
    ])
    try #require(export.ending == .exit(0), "\(export.errors)")
    let shell = try Assay.execute([
      "sh", "-c", "cd \"$0\" && \(damage)", scratch.path(damaged),
    ])
    try #require(shell.ending == .exit(0), "\(shell.errors)")
    let outcome = try Assay.run(
      ["run", "--backend", "cpu", "--onnx-suite", suite, "--quiet"]
        + ["--report", scratch.path("report")] + more)
    return (outcome, scratch)
  }

  @Test("An undamaged suite passes")
  func whole() throws {
    let (outcome, _) = try Self.run("true")
    #expect(outcome.ending == .exit(0))
    #expect(outcome.output == "2 passed, 0 failed, 0 skipped\n")
  }

  /// `y = x + w` for x = [1, 2], as files of IR version 3 hold it: w = [10, 20] is an initializer
  /// and an input of the graph, the first one, and the data set has x alone.
  private static let listedInitializer = [
    "model.onnx":
      "08033a590a0e0a01780a017712017922034164641201672a11080210014201774a08000020410000a0415a0f0a01"
      + "77120a0a08080112040a0208025a0f0a0178120a0a08080112040a020802620f0a0179120a0a08080112040a02"
      + "080242040a001007",
    "test_data_set_0/input_0.pb": "080210014a080000803f00000040",
    "test_data_set_0/output_0.pb": "080210014a08000030410000b041",
  ]

  @Test("Initializers that the graph lists as inputs are constants", arguments: ["cpu", "oracle"])
  func initializersAsInputs(_ backend: String) throws {
    let scratch = try ScratchDirectory()
    for folder in ["suite", "suite/test_sum", "suite/test_sum/test_data_set_0"] {
      try scratch.makeFolder(folder)
    }
    for (name, text) in Self.listedInitializer {
      let digits = Array(text)
      let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
        UInt8(String(digits[$0...$0 + 1]), radix: 16)
      }
      try scratch.write(bytes, to: "suite/test_sum/\(name)")
    }
    let outcome = try Assay.run([
      "run", "--backend", backend, "--onnx-suite", scratch.path("suite"), "--quiet", "--report",
      scratch.path("report"),
    ])
    #expect(outcome.output == "1 passed, 0 failed, 0 skipped\n")
  }

  @Test(
    "A truncated model or tensor is inconclusive by its path, and the other case is judged",
    arguments: ["model.onnx", "test_data_set_0/input_1.pb", "test_data_set_0/output_0.pb"])
  func truncated(_ file: String) throws {
    let (outcome, scratch) = try Self.run("truncate -s 20 \(file)")
    #expect(outcome.ending == .exit(3))
    let path = scratch.path("\(Self.damaged)/\(file)")
    #expect(outcome.output.contains("the case cannot be read: \(path): byte "))
    #expect(
      outcome.output.contains(
        "      assay run --onnx-suite \(scratch.path("suite")) --backend cpu\n"))
    #expect(outcome.lastLine == "1 passed, 1 failed, 0 skipped")
  }

  @Test("A missing input is inconclusive by its path")
  func missingInput() throws {
    let (outcome, scratch) = try Self.run("rm test_data_set_0/input_0.pb")
    #expect(outcome.ending == .exit(3))
    let path = scratch.path("\(Self.damaged)/test_data_set_0/input_0.pb")
    #expect(outcome.output.contains("\(path): cannot be read: No such file or directory"))
  }

  @Test("A model without data is refused before anything runs, never left out")
  func noData() throws {
    let (outcome, scratch) = try Self.run("rm -r test_data_set_0")
    #expect(outcome.ending == .exit(2))
    #expect(
      outcome.errors
        == "assay: \(scratch.path(Self.damaged)): model.onnx without a test_data_set_N; "
        + "complete or remove it\n")
    #expect(!scratch.exists("report"))
  }

  @Test("Two cases of one name are refused with both folders")
  func twice() throws {
    let (outcome, scratch) = try Self.run("mkdir ../more && cp -r . ../more/\"${PWD##*/}\"")
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors.contains("a case of the same name is \(scratch.path("suite"))/"))
  }

  @Test("A link that leads back up ends the search with an error")
  func cycle() throws {
    let (outcome, _) = try Self.run("mkdir ../more && ln -s ../more ../more/again")
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors.hasSuffix(": nested too deeply\n"))
  }

  @Test("A folder of one case runs as that case")
  func single() throws {
    let (_, scratch) = try Self.run("true")
    let outcome = try Assay.run([
      "run", "--backend", "cpu", "--onnx-suite", scratch.path(Self.damaged), "--report",
      scratch.path("single"),
    ])
    #expect(outcome.ending == .exit(0))
    #expect(
      try scratch.text("single/results.json")
        .contains("\"caseID\":\"interop/onnx_Add-14_f32_halfway-sums_000\""))
  }

  @Test("A filter over a foreign suite is refused, not ignored")
  func filtered() throws {
    let (outcome, _) = try Self.run("true", ["-E", "op(Add)"])
    #expect(outcome.ending == .exit(2))
    #expect(
      outcome.errors
        == "assay: --onnx-suite runs a whole folder; give the folder of one case instead of a "
        + "filter\n")
  }
}
