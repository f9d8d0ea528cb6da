import ModelFormat
import Tensors
import Testing

@testable import BackendHost

extension WorkerTests {
  @Suite("The Python worker")
  struct PythonTests {
    private static let example: String = {
      let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
      return "/" + root + "/adapters/python/examples/numpy_add.py"
    }()

    private func session() throws -> WorkerSession {
      try WorkerSession(.command(["python3", Self.example]))
    }

    @Test("The example without dependencies adds, in flight and repeatedly")
    func adds() throws {
      let session = try session()
      guard case .ready(let description) = session.start() else {
        Issue.record("python3 is required by the tests: \(String(describing: session.end))")
        return
      }
      #expect(description.contains("\"Python example\""))
      for number in 0..<20 { _ = session.submit(try AddCase.request(number: number)) }
      for number in 0..<20 {
        guard case .outputs(let outputs, let facts) = session.nextObservation()?.observation else {
          Issue.record("case \(number) has no outputs")
          return
        }
        #expect(outputs == [AddCase.sum(number: number)])
        #expect(!facts.poisoned)
      }
      let repeated = session.run(try AddCase.request(repetitions: 3))
      guard case .outputs(_, let facts) = repeated else {
        Issue.record("\(repeated)")
        return
      }
      #expect(facts.wallTimes.count == 3 && !facts.outputsDiffer)
      #expect(session.close().cause == .finished)
    }

    @Test("What the example does not support is refused with the reason")
    func refuses() throws {
      let session = try session()
      guard case .ready = session.start() else {
        Issue.record("python3 is required by the tests: \(String(describing: session.end))")
        return
      }
      var request = try AddCase.request()
      request.model = try AddCase.model(operator: "Mul")
      #expect(
        session.run(request)
          == .refused(
            Refusal(
              .unsupported, reason: .operator, message: "only a single Add is supported"),
            .compile))
      request.model = [0xff]
      guard case .refused(let refusal, .compile) = session.run(request) else {
        Issue.record("not refused")
        return
      }
      #expect(refusal.status == .invalidModel)
      request = try AddCase.request()
      request.inputs[1] = AddCase.tensor([1], shape: [1])
      guard case .refused(let shape, .run) = session.run(request) else {
        Issue.record("not refused")
        return
      }
      #expect(shape.status == .unsupported && shape.reason == .shape)
    }
  }
}
