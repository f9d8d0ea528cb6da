import Glibc
import Testing

/// A system that has no room, no streams or no environment.
@Suite("Command line: hostile surroundings")
struct SurroundingsTests {
  private static let program = Assay.products + "/assay"

  /// Runs a shell command with the tool as `$0` and the scratch folder as `$1`.
  private static func shell(_ command: String) throws -> (Assay.Outcome, ScratchDirectory) {
    let scratch = try ScratchDirectory()
    let outcome = try Assay.execute(["sh", "-c", command, program, scratch.root])
    return (outcome, scratch)
  }

  private static let run = "\"$0\" run --backend cpu --tier smoke --quiet --report \"$1/report\""
  /// No file may grow beyond so many blocks of 512 bytes; like a full disk, but for no one else.
  private static func limited(_ blocks: Int) -> String { "trap '' XFSZ; ulimit -f \(blocks); " }

  @Test("A log that cannot grow ends the run with 3, keeps what it holds and is resumed later")
  func fullDuringLog() throws {
    let (outcome, scratch) = try Self.shell(Self.limited(200) + Self.run)
    let log = scratch.path("report/events.jsonl")
    #expect(outcome.ending == .exit(3))
    #expect(outcome.output == "")
    #expect(
      outcome.errors
        == "assay: \(log): cannot be written: File too large; "
        + "free space and continue with --resume \(log)\n")
    #expect(!scratch.exists("report/results.json"))
    let resumed = try Assay.run([
      "run", "--backend", "cpu", "--tier", "smoke", "--quiet", "--resume", log,
    ])
    #expect(resumed.ending == .exit(0))
  }

  @Test("Without room for one report there is none, and none of an earlier run")
  func fullDuringReports() throws {
    let scratch = try ScratchDirectory()
    try #require(try Assay.runAdd(into: scratch.path("report")).ending == .exit(0))
    let log = scratch.path("report/events.jsonl")
    let before = try scratch.contents("report/events.jsonl")
    // The page does not fit; the reports before it do.
    let outcome = try Assay.execute(
      ["sh", "-c", Self.limited(64) + "exec \"$0\" report \"$1\"", Self.program, log])
    #expect(outcome.ending == .exit(3))
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("assay: \(scratch.path("report/report.html."))"))
    #expect(
      outcome.errors.hasSuffix(
        "File too large; check space and permissions; no report was written, "
          + "the log is kept: assay report LOG --into FOLDER\n"))
    let names = try Assay.execute(["ls", scratch.path("report")]).output
    #expect(names == "events.jsonl\n")
    #expect(try scratch.contents("report/events.jsonl") == before)
  }

  @Test("A merge without room leaves an empty folder and says so")
  func fullDuringMerge() throws {
    let scratch = try ScratchDirectory()
    try #require(try Assay.runAdd(into: scratch.path("report")).ending == .exit(0))
    let outcome = try Assay.execute([
      "sh", "-c", Self.limited(4) + "exec \"$0\" merge \"$1/report/events.jsonl\" --report $1/all",
      Self.program, scratch.root,
    ])
    #expect(outcome.ending == .exit(3))
    #expect(try Assay.execute(["ls", scratch.path("all")]).output == "")
  }

  @Test("An export without room leaves no folder that could be taken for a case")
  func fullDuringExport() throws {
    let export = "\"$0\" export --tier smoke -E 'op(Add) and group(same-shape)' --into \"$1/cases\""
    let (outcome, scratch) = try Self.shell(Self.limited(1) + export)
    #expect(outcome.ending == .exit(3))
    #expect(
      outcome.errors.hasSuffix(
        ".partial: cannot write: File too large; check space and permissions\n"))
    let found = try Assay.execute(["sh", "-c", "find $0 -name '*partial*'", scratch.root])
    #expect(found.output == "")
    let models = try Assay.execute([
      "sh", "-c", "for m in $(find $0 -name model.onnx); do ls ${m%/*}/test_data_set_0; done",
      scratch.root,
    ])
    // Every case that has its model has its output too.
    let names = models.output.split(separator: "\n")
    #expect(names.count { $0 == "output_0.pb" } == names.count { $0 == "input_0.pb" })
  }

  @Test("Goldens that cannot be written are exit 3, neither a check nor a change")
  func fullDuringRegeneration() throws {
    let scratch = try ScratchDirectory()
    let cases = scratch.path("cases")
    let copied = try Assay.execute([
      "sh", "-c",
      "mkdir -p $0/operators/math && cp -r conformance-cases/standard $0 && "
        + "cp -r conformance-cases/patterns $0 && "
        + "cp conformance-cases/operators/math/Add.yaml $0/operators/math",
      cases,
    ])
    try #require(copied.ending == .exit(0), "\(copied.errors)")
    let outcome = try Assay.execute([
      "sh", "-c", Self.limited(4) + "exec \"$0\" regenerate --cases \"$1\" --goldens \"$2\"",
      Assay.products + "/assay-dev", cases, scratch.path("goldens"),
    ])
    #expect(outcome.ending == .exit(3))
    let path = scratch.path("goldens/operators/math/Add.safetensors")
    #expect(
      outcome.output
        == "FAIL \(path): cannot be written: File too large; "
        + "free space and run the command again before using the goldens\n")
    #expect(try Assay.execute(["find", scratch.path("goldens"), "-type", "f"]).output == "")
  }

  @Test("Results that do not reach stdout are not success")
  func fullOutput() throws {
    for words in ["list", "list --count", "explain value.bound"] {
      let (outcome, _) = try Self.shell("\"$0\" \(words) > /dev/full")
      #expect(outcome.ending == .exit(3), "\(words)")
      #expect(outcome.errors == "assay: stdout: No space left on device; results are lost\n")
    }
  }

  @Test("A reader of stdout that goes away early is no error")
  func earlyReader() throws {
    let (outcome, _) = try Self.shell("{ \"$0\" list; echo $? >&2; } | head -n 1")
    #expect(outcome.output == "onnx/If-1/any/both-branches#000\n")
    #expect(outcome.errors == "0\n")
  }

  @Test("Closed standard streams are not taken by the log")
  func closedStreams() throws {
    let (outcome, scratch) = try Self.shell(Self.run + " -E 'op(Add)' <&- >&- 2>&-")
    #expect(outcome.ending == .exit(0))
    let report = try Assay.run(["report", scratch.path("report/events.jsonl"), "--quiet"])
    #expect(report.output == "6 passed, 0 failed, 0 skipped\n")
  }

  @Test("An empty environment is enough")
  func noEnvironment() throws {
    let (outcome, _) = try Self.shell("exec env -i \(Self.run) -E 'op(Add)'")
    #expect(outcome.output == "6 passed, 0 failed, 0 skipped\n")
  }

  @Test("A folder for temporary files that is not there is a usage error that names it")
  func noTemporaryFolder() throws {
    let (outcome, scratch) = try Self.shell("TMPDIR=/nonexistent exec " + Self.run)
    #expect(outcome.ending == .exit(2))
    #expect(
      outcome.errors
        == "assay: cannot start a worker: no directory in /nonexistent: No such file or directory; "
        + "set TMPDIR to a writable folder\n")
    #expect(!scratch.exists("report"))
  }

  @Test("SIGINT ends a run after the cases in flight, with 5, its log closed and reports written")
  func interrupt() throws {
    let scratch = try ScratchDirectory()
    let log = scratch.path("report/events.jsonl")
    let launch = try Launch(
      [
        Self.program, "run", "--backend", "cpu", "--tier", "ci", "--quiet", "--report",
        scratch.path("report"),
      ], in: Assay.root, output: scratch.path("output"), errors: scratch.path("errors"))
    while (try? scratch.contents("report/events.jsonl").count) ?? 0 < 100_000 { usleep(2000) }
    kill(launch.identifier, SIGINT)
    #expect(try launch.ending() == .exit(5))
    let text = try scratch.text("report/events.jsonl")
    #expect(text.hasSuffix("\n"))
    #expect(text.split(separator: "\n").last?.contains("\"kind\":\"runEnded\"") == true)
    let report = try Assay.run(["report", log, "--quiet"])
    #expect(report.ending == .exit(5))
    #expect(try report.output == scratch.text("output"))
  }
}
