import Tensors
import Testing

@testable import BackendHost

@Suite("A session with a worker")
struct SessionTests {
  @Test("A case of a correct backend gives its outputs")
  func correct() throws {
    let session = try FaultyLibrary.session()
    guard case .outputs(let outputs, let facts) = session.run(try AddCase.request()) else {
      Issue.record("no outputs")
      return
    }
    #expect(outputs == [AddCase.sum])
    #expect(facts.poisoned)
    #expect(facts.unwritten == [0])
    #expect(!facts.inputsMutated && !facts.outOfBounds && !facts.outputsDiffer)
    #expect(facts.findings == [])
    #expect(session.close().cause == .finished)
  }
}
