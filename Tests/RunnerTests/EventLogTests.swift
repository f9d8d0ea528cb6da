import CanonicalJSON
import Runner
import Testing
import Verification

@Suite("Event log")
struct EventLogTests {
  /// The line that a broken log is refused with; nil for a log that reads or fails otherwise.
  private static func brokenLine(_ path: String) -> Int? {
    do throws(EventLogError) {
      _ = try EventHistory(reading: path)
      return nil
    } catch {
      if case .broken(_, let line, _) = error { return line }
      return nil
    }
  }

  @Test("The chain starts from plan and shard and goes on over each line's bytes")
  func bytes() throws {
    let folder = try LogFolder()
    let log = try EventLog(creating: folder.log, planDigest: "abc", shard: "1/1")
    try log.append([.planned(cases: 2, digest: "abc", shard: "1/1"), .note("hello")])
    // Both links were computed with another program.
    let first = "180098138460ffd55192c88a442c17a38812b8c5409b883c6d50646259bbf645"
    let second = "ef3f49fd003c0d0cdc83f0eddcd57f62f52c6bbb3f19b1b312471af2efc06fd2"
    let planned =
      #"{"cases":2,"digest":"abc","kind":"planned","prev":"\#(first)","#
      + #""schema":"assay.event.v1","seq":0,"shard":"1/1"}"#
    let note =
      #"{"kind":"note","prev":"\#(second)","schema":"assay.event.v1","seq":1,"text":"hello"}"#
    #expect(try folder.text() == planned + "\n" + note + "\n")
  }

  @Test("What was written is read back, with plan and records")
  func roundTrip() throws {
    let folder = try LogFolder()
    let log = try folder.startedLog()
    try log.append([
      .runStarted(["tier": "ci"]), .workerStarted(generation: 1, description: ["x": 1]),
      .workerExited(
        generation: 1, reason: "finished",
        usage: WorkerUsage(processorNanoseconds: 3, backendNanoseconds: 2, peakBytes: 1)),
      .workerExited(generation: 2, reason: "before usage was kept"), .note("n"),
      .caseJudged(LogFolder.record(2, verdict: .crash(.signal(11)))),
    ])
    let history = try EventHistory(reading: folder.log)
    #expect(history.planDigest == "abc")
    #expect(history.shard == "1/1")
    #expect(history.plannedCases == 3)
    #expect(history.events.count == 9)
    #expect(
      history.events.contains(
        .workerExited(
          generation: 1, reason: "finished",
          usage: WorkerUsage(processorNanoseconds: 3, backendNanoseconds: 2, peakBytes: 1))))
    #expect(
      history.events.contains(
        .workerExited(generation: 2, reason: "before usage was kept", usage: nil)))
    #expect(try history.byteCount == folder.text().utf8.count)
    let expected = [
      LogFolder.record(0), LogFolder.record(1),
      LogFolder.record(2, verdict: .crash(.signal(11))),
    ]
    #expect(history.records == expected)
    #expect(history.foldedRecords == expected)
  }

  @Test("A run is complete at its end only, and not when it was interrupted")
  func completeness() throws {
    let folder = try LogFolder()
    let log = try folder.startedLog()
    #expect(try !EventHistory(reading: folder.log).isComplete)
    try log.append([.runEnded(wasInterrupted: true)])
    #expect(try !EventHistory(reading: folder.log).isComplete)
    try log.append([.note("resumed"), .runEnded(wasInterrupted: false)])
    #expect(try EventHistory(reading: folder.log).isComplete)
  }

  @Test("A later record of a case replaces the earlier one, in its place")
  func folding() throws {
    let folder = try LogFolder()
    let changed = LogFolder.record(0, verdict: .fail(.valueDistribution))
    try folder.startedLog().append([.caseJudged(changed)])
    let history = try EventHistory(reading: folder.log)
    #expect(history.records.count == 3)
    #expect(history.foldedRecords == [changed, LogFolder.record(1)])
  }

  @Test("An edited line breaks the chain at the line behind it")
  func edited() throws {
    let folder = try LogFolder()
    _ = try folder.startedLog()
    let text = try folder.text()
    let edited = text.replacing("group#000", with: "group#007")
    try #require(edited != text)
    try folder.write(edited)
    #expect(Self.brokenLine(folder.log) == 3)
    try folder.write(text)
    #expect(Self.brokenLine(folder.log) == nil)
  }

  @Test("A removed, a doubled and two exchanged lines break the chain where they stand")
  func movedLines() throws {
    let folder = try LogFolder()
    _ = try folder.startedLog()
    let lines = try folder.text().split(separator: "\n").map { "\($0)\n" }
    try #require(lines.count == 3)
    try folder.write(lines[0] + lines[2])
    #expect(Self.brokenLine(folder.log) == 2)
    try folder.write(lines[0] + lines[1] + lines[1])
    #expect(Self.brokenLine(folder.log) == 3)
    try folder.write(lines[0] + lines[2] + lines[1])
    #expect(Self.brokenLine(folder.log) == 2)
    try folder.write(lines[1] + lines[2])
    #expect(Self.brokenLine(folder.log) == 1)
  }

  @Test(
    "A terminated line that is no event is refused with its number",
    arguments: [
      "\n", "{}\n", "[1]\n", "{\"kind\":\"note\"}\n", "\u{0}\n",
      "{\"kind\":\"invented\",\"schema\":\"assay.event.v1\"}\n",
    ])
  func noEvent(_ line: String) throws {
    let folder = try LogFolder()
    _ = try folder.startedLog()
    try folder.write(try folder.text() + line)
    #expect(Self.brokenLine(folder.log) == 4)
  }

  @Test("A torn last line does not count, wherever it was torn")
  func torn() throws {
    let folder = try LogFolder()
    _ = try folder.startedLog()
    let text = try folder.text()
    let lines = text.split(separator: "\n").map { "\($0)\n" }
    let kept = lines[0] + lines[1]
    for length in [1, 2, lines[2].count / 2, lines[2].count - 1] {
      try folder.write(kept + lines[2].prefix(length))
      let history = try EventHistory(reading: folder.log)
      #expect(history.records == [LogFolder.record(0)], "\(length)")
      #expect(history.byteCount == kept.utf8.count, "\(length)")
    }
  }

  @Test("A log without any terminated line is refused", arguments: ["{\"cases\":3", "\u{0}"])
  func empty(_ text: String) throws {
    let folder = try LogFolder()
    try folder.write(text)
    #expect(Self.brokenLine(folder.log) == 1)
  }

  @Test("A log that goes on after a torn line is the log of a run without interruption")
  func continued() throws {
    let (whole, torn) = (try LogFolder(), try LogFolder())
    let last = Event.caseJudged(LogFolder.record(2))
    try whole.startedLog().append([last])
    _ = try torn.startedLog()
    try torn.write(try torn.text() + "{\"kind\":\"caseJud")
    try EventLog(continuing: try EventHistory(reading: torn.log)).append([last])
    #expect(try torn.text() == whole.text())
  }

  @Test("A log is created once; a second creation leaves the first as it is")
  func neverOverwritten() throws {
    let folder = try LogFolder()
    _ = try folder.startedLog()
    let text = try folder.text()
    #expect(throws: EventLogError.self) {
      _ = try EventLog(creating: folder.log, planDigest: "abc", shard: "1/1")
    }
    #expect(try folder.text() == text)
  }

  @Test("A log that does not exist is unreadable, not broken")
  func missing() throws {
    let folder = try LogFolder()
    #expect(
      throws: EventLogError.unreadable(path: folder.log, reason: "No such file or directory")
    ) {
      _ = try EventHistory(reading: folder.log)
    }
  }
}
