import Glibc
import SwiftProtobuf
import Tensors
import Testing

@testable import BackendHost

/// A backend in this process that negates float32 tensors; it has no library behind it.
private struct Negation: ServedBackend {
  typealias Executable = [UInt8]

  mutating func start(options: String, limits: WorkerLimits) throws(Refusal) {
    if options == "refuse" { throw Refusal(.deviceUnavailable, message: "no device") }
  }

  func describe() -> String { "{}" }

  func compile(_ model: [UInt8], options: String) throws(Refusal) -> [UInt8] {
    guard !model.isEmpty else { throw Refusal(.invalidModel, message: "empty") }
    return model
  }

  func execute(
    _ executable: [UInt8], inputs: [Value], request: ExecutionRequest
  ) throws(Refusal) -> ServedExecution {
    ServedExecution(outputs: inputs)
  }
}

/// Both ends of a server that has been given all of its input beforehand.
@Suite("The worker's side of the protocol")
struct ServerTests {
  private func serve(
    _ messages: [Assay_Worker_HarnessMessage], tail: [UInt8] = []
  ) throws -> (status: Int32, answers: [Assay_Worker_WorkerMessage]) {
    var queue = FrameQueue()
    for message in messages {
      let isQueued = queue.append(message, limit: 1 << 20)
      try #require(isQueued)
    }
    let (input, output) = (try Pipe(), try Pipe())
    let progress = queue.flush(to: input.write)
    try #require(progress == .done)
    _ = tail.withUnsafeBytes { write(input.write, $0.baseAddress, $0.count) }
    close(input.write)
    var server = WorkerServer(backend: Negation())
    let status = server.run(input: input.read, output: output.write)
    close(output.write)
    var reader = FrameReader(limit: 1 << 20)
    var answers: [Assay_Worker_WorkerMessage] = []
    while case .bytes = reader.fill(from: output.read) {}
    while let answer = try reader.next(as: Assay_Worker_WorkerMessage.self) {
      answers.append(try #require(answer))
    }
    close(input.read)
    close(output.read)
    return (status, answers)
  }

  private func message(
    _ compose: (inout Assay_Worker_HarnessMessage) -> Void
  ) -> Assay_Worker_HarnessMessage {
    var message = Assay_Worker_HarnessMessage()
    compose(&message)
    return message
  }

  private func hello(version: UInt32 = 1, options: String = "") -> Assay_Worker_HarnessMessage {
    message {
      $0.hello.protocolVersion = version
      $0.hello.optionsJson = options
    }
  }

  @Test("Requests are answered in order; the end of the input is the end")
  func answers() throws {
    let input = try Assay_Worker_ValueMessage(AddCase.sum)
    let (status, answers) = try serve([
      hello(),
      message { $0.describe.request = 1 },
      message {
        $0.compile.request = 2
        $0.compile.executable = 7
        $0.compile.model = .init([1])
      },
      message {
        $0.execute.request = 3
        $0.execute.executable = 7
        $0.execute.inputs = [input]
      },
      message { $0.release.executable = 7 },
      message { $0.release.executable = 8 },
      message {
        $0.execute.request = 4
        $0.execute.executable = 7
      },
    ])
    #expect(status == 0)
    try #require(answers.count == 5)
    #expect(answers[0].hello.protocolVersion == 1)
    #expect(answers[1].reply.descriptionJson == "{}")
    #expect(answers.dropFirst().map(\.reply.request) == [1, 2, 3, 4])
    #expect(answers[3].reply.executed.outputs == [input])
    #expect(answers[3].reply.executed.wallNs > 0)
    #expect(answers[4].reply.status == .invalidArgument)
    #expect(answers[4].reply.message == "no executable 7")
  }

  @Test("An executable that exists and a model that is refused are said so")
  func refusals() throws {
    let compile = message {
      $0.compile.request = 1
      $0.compile.executable = 1
      $0.compile.model = .init([1])
    }
    var empty = compile
    empty.compile.executable = 2
    empty.compile.model = .init()
    let answers = try serve([hello(), compile, compile, empty]).answers
    #expect(answers.dropFirst().map(\.reply.status) == [.ok, .invalidArgument, .invalidModel])
  }

  @Test("After Shutdown nothing is read")
  func shutdown() throws {
    let (status, answers) = try serve([
      hello(), message { $0.shutdown = Assay_Worker_Shutdown() },
      message { $0.describe.request = 1 },
    ])
    #expect(status == 0)
    #expect(answers.count == 1)
  }

  @Test("Another version of the protocol is fatal")
  func version() throws {
    let (status, answers) = try serve([hello(version: 2)])
    #expect(status == 1)
    #expect(
      answers.map(\.fatal.message) == ["the harness speaks protocol version 2, this worker 1"])
  }

  @Test("A backend that cannot start says why")
  func refusedStart() throws {
    let (status, answers) = try serve([hello(options: "refuse")])
    #expect(status == 1)
    #expect(answers.map(\.fatal.message) == ["no device"])
    #expect(answers.map(\.fatal.status) == [.deviceUnavailable])
  }

  @Test(
    "What is no protocol is fatal",
    arguments: [
      ([3, 0, 0, 0, 0xff, 0xff, 0xff] as [UInt8], "a frame that is no message"),
      ([0, 0, 0, 0], "a message of a kind this worker does not know"),
      ([9, 0, 0, 0, 1], "the input ends inside a frame"),
      ([9, 0], "the input ends inside a frame"),
      ([0, 0, 0, 0xff], "a frame of 4278190080 bytes, the limit is 2147483647"),
    ])
  func garbage(_ bytes: [UInt8], _ reason: String) throws {
    let (status, answers) = try serve([hello()], tail: bytes)
    #expect(status == 1)
    #expect(answers.last?.fatal.message == reason)
  }

  @Test("A request before Hello is fatal, and so is a second Hello")
  func order() throws {
    let early = try serve([message { $0.describe.request = 1 }])
    #expect(early.answers.map(\.fatal.message) == ["the first message is no Hello"])
    let twice = try serve([hello(), hello()])
    #expect(twice.answers.last?.fatal.message == "a second Hello")
  }
}

private struct Pipe {
  let read: Int32
  let write: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    (read, write) = (ends[0], ends[1])
  }
}
