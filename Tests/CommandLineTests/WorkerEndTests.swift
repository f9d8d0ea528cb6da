import Testing

/// Workers that cannot be started, speak another language, or are ended by somebody else.
@Suite("Command line: workers that end")
struct WorkerEndTests {
  /// A worker that adds, and kills itself at an execution while `condition` holds.
  private static func suicide(_ condition: String) -> String {
    """
    import os, signal, sys
    sys.path.insert(0, "\(Assay.root)/adapters/python/examples")
    import numpy_add
    from assay_backend import serve
    run = numpy_add.Adder.run
    def fatal(self, inputs):
        if \(condition):
            open(os.environ["MARK"], "w").close()
            os.kill(os.getpid(), signal.SIGKILL)
        return run(self, inputs)
    numpy_add.Adder.run = fatal
    serve(numpy_add.Backend)

    """
  }

  private static func words(_ scratch: ScratchDirectory, _ more: [String]) -> [String] {
    [
      "run", "--tier", "smoke", "-E", "op(Add) and dtype(f32)", "--quiet", "--jobs", "1", "--env",
      "MARK=\(scratch.path("mark"))", "--no-probes",
    ] + more + ["--", "python3", scratch.path("worker.py")]
  }

  @Test(
    "A worker that somebody killed leaves its case without a verdict, and a resumed run judges it")
  func killedOnce() throws {
    let scratch = try ScratchDirectory()
    let source = Self.suicide("not os.path.exists(os.environ['MARK'])")
    try scratch.write(Array(source.utf8), to: "worker.py")
    let report = scratch.path("report")
    let outcome = try Assay.run(Self.words(scratch, ["--report", report]))
    #expect(outcome.ending == .exit(3))
    #expect(
      outcome.output.contains("SIGKILL during run; worker replaced; the signal came from outside"))
    #expect(outcome.output.contains("run the case again with --resume"))
    #expect(outcome.lastLine == "1 passed, 1 failed, 0 skipped")
    #expect(try scratch.text("report/junit.xml").contains("harness.resources"))
    let resumed = try Assay.run(
      Self.words(scratch, ["--resume", report + "/events.jsonl"]))
    #expect(resumed.ending == .exit(0))
    #expect(resumed.output == "2 passed, 0 failed, 0 skipped\n")
  }

  @Test("A worker that is killed again when its case is run alone has crashed")
  func killedAlways() throws {
    let scratch = try ScratchDirectory()
    try scratch.write(Array(Self.suicide("True").utf8), to: "worker.py")
    let report = scratch.path("report")
    let outcome = try Assay.run(Self.words(scratch, ["--report", report]))
    #expect(outcome.ending == .exit(1))
    #expect(outcome.output.contains("SIGKILL during run; worker replaced; alone: dies again"))
    #expect(outcome.lastLine == "0 passed, 2 failed, 0 skipped")
    let resumed = try Assay.run(
      Self.words(scratch, ["--resume", report + "/events.jsonl"]))
    #expect(resumed.ending == .exit(1))
  }

  @Test(
    "A probe whose worker somebody killed is asked again; one that always ends so has no answer",
    arguments: [("not os.path.exists(os.environ['MARK'])", false), ("True", true)])
  func killedInAProbe(condition: String, isFatal: Bool) throws {
    let scratch = try ScratchDirectory()
    try scratch.write(Array(Self.suicide(condition).utf8), to: "worker.py")
    let outcome = try Assay.run([
      "probe", "--env", "MARK=\(scratch.path("mark"))", "--", "python3", scratch.path("worker.py"),
    ])
    #expect(scratch.exists("mark"))
    #expect(outcome.output.contains("the worker died") == isFatal)
    // Add in float32 is what the worker has.
    #expect(outcome.output.contains("subnormals") || isFatal)
  }

  @Test("What does not start, or is no worker, is a usage error that says how it ended")
  func noWorker() throws {
    let scratch = try ScratchDirectory()
    // A HelloReply of version 99 in a frame of four bytes, its length before it.
    let future = "printf '\\004\\000\\000\\000\\012\\002\\010\\143'; cat > /dev/null"
    let commands: [([String], String)] = [
      (
        ["/no/such/worker"],
        "the worker exited with status 127 during start\n"
          + "assay-worker: cannot start /no/such/worker: No such file or directory"
      ),
      (["true"], "the worker exited with status 0 during start"),
      (["cat"], "protocol violated during start: a reply without status"),
      (
        ["sh", "-c", future],
        "protocol violated during start: protocol version 99, expected 1"
      ),
    ]
    for (command, reason) in commands {
      let outcome = try Assay.run(
        ["run", "--tier", "smoke", "-E", "op(Add)", "--report", scratch.path("report"), "--"]
          + command)
      #expect(outcome.ending == .exit(2))
      #expect(outcome.output == "")
      #expect(
        outcome.errors.hasPrefix("assay: backend -- \(command[0])"), "\(outcome.errors)")
      #expect(outcome.errors.hasSuffix(" does not start: \(reason)\n"), "\(outcome.errors)")
      #expect(!scratch.exists("report"))
    }
  }

  @Test("A file that is no library is a usage error with the loader's reason")
  func noLibrary() throws {
    let scratch = try ScratchDirectory()
    let library = scratch.path("text.so")
    try scratch.write(
      Array("not an ELF file, but longer than its header: \(library)".utf8), to: "text.so")
    let outcome = try Assay.runAdd(into: scratch.path("report"), backend: library)
    #expect(outcome.ending == .exit(2))
    #expect(
      outcome.errors
        == "assay: backend \(library) does not start: cannot load \(library): "
        + "\(library): invalid ELF header\n")
    #expect(!scratch.exists("report"))
  }
}
