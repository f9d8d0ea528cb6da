import BackendHost
import Glibc
import ModelFormat
import Runner
import Tensors
import Testing
import Verification

/// A worker that ends while nothing is asked of it takes no case with it.
@Suite("Workers that end while idle")
struct IdleEndTests {
  /// As many copies of one call as asked for.
  private struct Copies: CaseSource {
    let count: Int

    func caseID(at position: Int) -> String { LogFolder.record(position).caseID }

    func request(
      at position: Int, after observations: [CaseObservation]
    ) throws -> PreparedRequest? {
      guard observations.isEmpty else { return nil }
      let x = ValueInfo(name: "x", type: .tensor(.f32), shape: [.fixed(1)])
      let y = ValueInfo(name: "y", type: .tensor(.f32), shape: [.fixed(1)])
      let model = Model.singleNode(
        operator: "Neg", domain: "", opset: 13, attributes: [:], inputs: [x], outputs: [y],
        initializers: [])
      let one = Tensor(type: .f32, shape: [1], codes: [0x3F80_0000])
      return PreparedRequest(
        model: try model.encoded(), inputs: one.map { [.tensor($0)] } ?? [], digest: "00")
    }

    func record(
      of observations: [CaseObservation], at position: Int, digest: String
    ) -> CaseRecord? {
      guard case .outputs? = observations.first else { return nil }
      return LogFolder.record(position)
    }

    func record(ofDefect reason: String, at position: Int) -> CaseRecord {
      LogFolder.record(position, verdict: .inconclusive(.golden))
    }
  }

  private static func records(killed: Bool) throws -> (count: Int, log: String) {
    let options = RunOptions(backend: .cpu, jobs: 1)
    let started = try SessionStart.start(options)
    if killed {
      let process = started.session.processIdentifier
      #expect(kill(process, SIGKILL) == 0)
      var state = siginfo_t()
      #expect(waitid(P_PID, id_t(process), &state, WEXITED | WNOWAIT) == 0)
    }
    let folder = try LogFolder()
    let log = try EventLog(creating: folder.log, planDigest: "abc", shard: "1/1")
    let result = try CaseRun(Copies(count: 20), options: options, started: started).run(
      log: log, judged: [], observer: { _ in }, shouldStop: { false })
    #expect(!result.wasInterrupted)
    return (Set(result.records.map(\.caseID)).count, try folder.text())
  }

  @Test("Every case has its record, and the log says what happened", arguments: [false, true])
  func records(_ isKilled: Bool) throws {
    let (count, log) = try Self.records(killed: isKilled)
    #expect(count == 20)
    #expect(log.contains(#""reason":"ended while idle""#) == isKilled)
    #expect(log.split(separator: "\n").count { $0.contains("workerStarted") } == (isKilled ? 2 : 1))
  }
}
