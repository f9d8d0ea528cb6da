import Runner
import Testing
import Verification

@Suite("Log: probes")
struct ProbeEventTests {
  private static let record = ProbeRecord(
    family: .reduce, operatorName: "ReduceMax", type: "f16", field: .minMaxNaN,
    declared: "propagated", probed: "NaN ignored", agreement: .contradicts)

  @Test("Probes come back from the log as they were written, also after a resumption")
  func roundTrip() throws {
    let folder = try LogFolder()
    try folder.startedLog().append([.probed([Self.record])])
    let history = try EventHistory(reading: folder.log)
    #expect(history.probes == [Self.record])
    try EventLog(continuing: history).append([.runEnded(wasInterrupted: false)])
    let resumed = try EventHistory(reading: folder.log)
    #expect(resumed.probes == [Self.record])
    #expect(resumed.isComplete)
  }

  @Test("A log without probes has none, and is read all the same")
  func absent() throws {
    let folder = try LogFolder()
    _ = try folder.startedLog()
    #expect(try EventHistory(reading: folder.log).probes == nil)
  }
}
