import CanonicalJSON
import Testing

@testable import Runner

@Suite("Events that are encoded before their turn")
struct EncodedEventTests {
  @Test("The line is the canonical document of all members, wherever their keys stand")
  func line() throws {
    let events: [Event] = [
      .caseJudged(LogFolder.record(1)), .note("between \"quotes\""), .probed([]),
      .planned(cases: 3, digest: "abc", shard: "1/1"), .runEnded(wasInterrupted: true),
      .workerExited(
        generation: 1, reason: "finished",
        usage: WorkerUsage(processorNanoseconds: 3, backendNanoseconds: 2, peakBytes: 1)),
    ]
    for event in events {
      var members = event.members
      members["schema"] = "assay.event.v1"
      members["kind"] = .string(event.kind)
      members["prev"] = "0f"
      members["seq"] = 12
      let line = EncodedEvent(event).line(previous: "0f", sequence: 12)
      #expect(String(decoding: line, as: UTF8.self) == JSON.object(members).canonicalText)
    }
  }
}
