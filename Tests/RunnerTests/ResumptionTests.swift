import Runner
import Testing
import Verification

/// What a log tells a run that goes on with it, and who may write it.
@Suite("Resumption")
struct ResumptionTests {
  @Test("A case with a verdict is not judged again, one without is")
  func settled() throws {
    let folder = try LogFolder()
    try folder.startedLog().append([
      .caseJudged(LogFolder.record(2, verdict: .inconclusive(.resources)))
    ])
    let history = try EventHistory(reading: folder.log)
    #expect(history.foldedRecords.count == 3)
    #expect(history.settledRecords == [LogFolder.record(0), LogFolder.record(1)])
  }

  @Test("The verdict that follows an inconclusive one is the case's")
  func judgedAgain() throws {
    let folder = try LogFolder()
    let last = LogFolder.record(2, verdict: .fail(.valueBound))
    try folder.startedLog().append([
      .caseJudged(LogFolder.record(2, verdict: .inconclusive(.resources))), .caseJudged(last),
    ])
    let history = try EventHistory(reading: folder.log)
    #expect(history.settledRecords == [LogFolder.record(0), LogFolder.record(1), last])
    #expect(history.foldedRecords == history.settledRecords)
  }

  @Test("What a rule over all cases made of a passing case is not taken for its own verdict")
  func pooled() throws {
    let folder = try LogFolder()
    let changed = LogFolder.record(0, verdict: .fail(.valueDistribution))
    try folder.startedLog().append([.caseJudged(changed)])
    let history = try EventHistory(reading: folder.log)
    #expect(history.foldedRecords == [changed, LogFolder.record(1)])
    #expect(history.settledRecords == [LogFolder.record(0), LogFolder.record(1)])
  }

  @Test("A log that is being written cannot be continued at the same time")
  func locked() throws {
    let folder = try LogFolder()
    let writer = try folder.startedLog()
    let history = try EventHistory(reading: folder.log)
    #expect(throws: EventLogError.inUse(path: folder.log)) { _ = try EventLog(continuing: history) }
    let text = try folder.text()
    // The writer keeps the file open until here.
    try writer.append([.note("still writing")])
    #expect(try folder.text().hasPrefix(text))
  }

  @Test("A log that has grown since it was read is not cut back")
  func grown() throws {
    let folder = try LogFolder()
    _ = try folder.startedLog()
    let early = try EventHistory(reading: folder.log)
    try EventLog(continuing: early).append([.note("from another run")])
    let text = try folder.text()
    #expect(throws: EventLogError.inUse(path: folder.log)) { _ = try EventLog(continuing: early) }
    #expect(try folder.text() == text)
  }

  @Test("An empty log is one whose run ended before its first line, and may be begun anew")
  func empty() throws {
    let folder = try LogFolder()
    try folder.write("")
    #expect(throws: EventLogError.empty(path: folder.log)) {
      _ = try EventHistory(reading: folder.log)
    }
    let log = try EventLog(
      creating: folder.log, planDigest: "abc", shard: "1/1", replacesEmpty: true)
    try log.append([.planned(cases: 1, digest: "abc", shard: "1/1")])
    #expect(try EventHistory(reading: folder.log).plannedCases == 1)
  }

  @Test("A log with a line in it is never begun anew")
  func notEmpty() throws {
    let folder = try LogFolder()
    _ = try folder.startedLog()
    let text = try folder.text()
    #expect(throws: EventLogError.inUse(path: folder.log)) {
      _ = try EventLog(creating: folder.log, planDigest: "abc", shard: "1/1", replacesEmpty: true)
    }
    #expect(try folder.text() == text)
  }

  @Test("A folder in the place of a log is unreadable, not broken")
  func folder() throws {
    let folder = try LogFolder()
    #expect(throws: EventLogError.unreadable(path: folder.root, reason: "Is a directory")) {
      _ = try EventHistory(reading: folder.root)
    }
  }
}
