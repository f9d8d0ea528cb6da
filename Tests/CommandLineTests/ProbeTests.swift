import Testing

@Suite("Command line: probes")
struct ProbeTests {
  @Test("The bundled backend computes as it declares")
  func bundled() throws {
    let outcome = try Assay.run(["probe", "--backend", "cpu"])
    #expect(outcome.ending == .exit(0))
    #expect(outcome.output.hasPrefix("Assay CPU backend 0.1.0 on cpu · strict-fp32 (declared)\n"))
    #expect(outcome.lastLine.contains(" 0 contradicts, "))
  }

  @Test("A mode the backend does not compute in is contradicted, with exit 1")
  func contradicted() throws {
    let outcome = try Assay.run(["probe", "--backend", "cpu", "--mode", "flush-subnormals"])
    #expect(outcome.ending == .exit(1))
    #expect(outcome.output.contains("subnormals preserved"))
    #expect(!outcome.lastLine.contains(" 0 contradicts, "))
  }

  @Test("A run logs its probes once, a resumed one does not repeat them")
  func logged() throws {
    let scratch = try ScratchDirectory()
    #expect(try Assay.runAdd(into: scratch.path("report")).ending == .exit(0))
    let log = scratch.path("report/events.jsonl")
    #expect(try events(scratch) == 1)
    let resumed = try Assay.runAdd(into: scratch.path("report"), ["--resume", log])
    #expect(resumed.ending == .exit(0))
    #expect(try events(scratch) == 1)
    #expect(try scratch.text("report/report.html").contains("Probes of the numeric mode"))
  }

  @Test("Probes can be left out")
  func leftOut() throws {
    let scratch = try ScratchDirectory()
    #expect(try Assay.runAdd(into: scratch.path("report"), ["--no-probes"]).ending == .exit(0))
    #expect(try events(scratch) == 0)
  }

  private func events(_ scratch: ScratchDirectory) throws -> Int {
    try scratch.text("report/events.jsonl").split(separator: "\n")
      .filter { $0.contains(#""kind":"probed""#) }.count
  }
}
