import Testing

/// Logs that are not what a run left, or not of this run: refused by name, and left as they are.
@Suite("Command line: hostile logs")
struct HostileLogTests {
  /// A folder with the log of a run of Add that was stopped in the middle.
  private static func stopped() throws -> ScratchDirectory {
    let scratch = try ScratchDirectory()
    // One worker, so that the lines stand in one order.
    let run = try Assay.runAdd(into: scratch.path("whole"), ["--jobs", "1"])
    try #require(run.ending == .exit(0), "\(run.errors)")
    let lines = try scratch.text("whole/events.jsonl").split(separator: "\n").prefix(6)
    try scratch.makeFolder("part")
    let text = lines.map { "\($0)\n" }.joined()
    try scratch.write(Array(text.utf8), to: "part/events.jsonl")
    return scratch
  }

  private static func resume(
    _ scratch: ScratchDirectory, log: String = "part/events.jsonl", filter: String = "op(Add)",
    _ backend: [String] = ["--backend", "cpu"]
  ) throws -> Assay.Outcome {
    try Assay.run(
      ["run", "--tier", "smoke", "-E", filter, "--quiet", "--resume", scratch.path(log)] + backend)
  }

  /// Resumes a run that must be refused with the message, and checks that the log stays.
  private static func expectRefusal(
    _ code: Int32, _ message: String, log: [UInt8]? = nil, filter: String = "op(Add)",
    _ backend: [String] = ["--backend", "cpu"]
  ) throws {
    let scratch = try stopped()
    let path = scratch.path("part/events.jsonl")
    if let log { try scratch.write(log, to: "part/events.jsonl") }
    let before = try scratch.contents("part/events.jsonl")
    let outcome = try resume(scratch, filter: filter, backend)
    #expect(outcome.ending == .exit(code))
    #expect(outcome.output == "")
    #expect(outcome.errors == "assay: \(path)\(message)\n")
    #expect(try scratch.contents("part/events.jsonl") == before)
    #expect(!scratch.exists("part/results.json"))
  }

  @Test("The run of a stopped log goes on and ends like any other")
  func goesOn() throws {
    let scratch = try Self.stopped()
    let outcome = try Self.resume(scratch)
    #expect(outcome.ending == .exit(0))
    #expect(outcome.output == "6 passed, 0 failed, 0 skipped\n")
  }

  @Test("A torn last line is cut off and its case judged again")
  func torn() throws {
    let scratch = try Self.stopped()
    let bytes = try scratch.contents("part/events.jsonl")
    try scratch.write(bytes.dropLast(40), to: "part/events.jsonl")
    #expect(try Self.resume(scratch).output == "6 passed, 0 failed, 0 skipped\n")
    let report = try Assay.run(["report", scratch.path("part/events.jsonl"), "--quiet"])
    #expect(report.output == "6 passed, 0 failed, 0 skipped\n")
  }

  @Test("A log of other cases, another backend, mode or options is refused")
  func otherRun() throws {
    let same = "resume with the same options"
    try Self.expectRefusal(
      2, ": belongs to another selection of cases; \(same)", filter: "op(Softmax)")
    let faulty = Assay.products + "/libAssayFaultyBackends.so"
    try Self.expectRefusal(2, ": belongs to another backend; \(same)", ["--backend", faulty])
    try Self.expectRefusal(
      2, ": belongs to another numeric mode; \(same)", ["--backend", "cpu", "--mode", "tf32"])
    try Self.expectRefusal(
      2, ": belongs to other backend options; \(same)",
      ["--backend", "cpu", "--env", "THREADS=1"])
  }

  @Test("A log with one flipped bit is tampered with, by the line behind it")
  func flipped() throws {
    let scratch = try Self.stopped()
    var bytes = try scratch.contents("part/events.jsonl")
    let text = try scratch.text("part/events.jsonl")
    let place = try #require(text.utf8.firstRange(of: Array("\"intent\":\"".utf8))).upperBound
    bytes[text.utf8.distance(from: text.startIndex, to: place)] ^= 1
    try Self.expectRefusal(
      6,
      ":6: the line does not follow from the one before it; "
        + "the log was changed after it was written, start a new run", log: bytes)
  }

  @Test("What is no log is refused by its first line")
  func noLog() throws {
    let changed = "; the log was changed after it was written, start a new run"
    try Self.expectRefusal(6, ":1: the first line is not terminated" + changed, log: [0x7B])
    try Self.expectRefusal(
      6, ":1: line 1, byte 0: found byte 0x0 where a value must stand" + changed, log: [0, 0x0A])
    try Self.expectRefusal(
      6, ":1: line 1, byte 200: more than 200 nested arrays and objects" + changed,
      log: [UInt8](repeating: 0x5B, count: 1_000_000) + [0x0A])
  }

  @Test("A log that is not there is a usage error, for every command that reads one")
  func missing() throws {
    let scratch = try ScratchDirectory()
    let path = scratch.path("events.jsonl")
    for words in [
      ["run", "--backend", "cpu", "--resume", path], ["report", path], ["merge", path],
    ] {
      let outcome = try Assay.run(words)
      #expect(outcome.ending == .exit(2), "\(words)")
      #expect(outcome.errors == "assay: \(path): cannot be read: No such file or directory\n")
    }
  }

  @Test("An empty log has no reports, and its run can be begun again")
  func empty() throws {
    let scratch = try Self.stopped()
    try scratch.write([], to: "part/events.jsonl")
    let path = scratch.path("part/events.jsonl")
    for words in [["report", path], ["merge", path, "--report", scratch.path("joined")]] {
      let outcome = try Assay.run(words)
      #expect(outcome.ending == .exit(5))
      #expect(
        outcome.errors
          == "assay: \(path): holds no event; its run ended before it began, run it again\n")
    }
    #expect(!scratch.exists("joined"))
    #expect(try Self.resume(scratch).output == "6 passed, 0 failed, 0 skipped\n")
    #expect(try Assay.run(["report", path]).ending == .exit(0))
  }

  @Test("A log with its plan alone is begun again, and has reports then")
  func planOnly() throws {
    let scratch = try Self.stopped()
    let lines = try scratch.text("part/events.jsonl").split(separator: "\n")
    try scratch.write(Array("\(lines[0])\n".utf8), to: "part/events.jsonl")
    let path = scratch.path("part/events.jsonl")
    #expect(try Assay.run(["report", path]).ending == .exit(5))
    #expect(try Self.resume(scratch).ending == .exit(0))
    #expect(
      try Assay.run(["report", path, "--quiet"]).output == "6 passed, 0 failed, 0 skipped\n")
  }

  @Test("Of two runs into one folder at once one is refused and the other is whole")
  func twoAtOnce() throws {
    let scratch = try ScratchDirectory()
    let words = [
      Assay.products + "/assay", "run", "--backend", "cpu", "--tier", "smoke", "-E", "op(Add)",
      "--quiet", "--report", scratch.path("report"),
    ]
    let runs = try (0..<2).map { number in
      try Launch(
        words, in: Assay.root, output: scratch.path("output\(number)"),
        errors: scratch.path("errors\(number)"))
    }
    let endings = try runs.map { try $0.ending() }
    #expect(Set(endings) == [.exit(0), .exit(2)])
    let log = scratch.path("report/events.jsonl")
    #expect(
      try Assay.run(["report", log, "--quiet"]).output == "6 passed, 0 failed, 0 skipped\n")
  }
}
