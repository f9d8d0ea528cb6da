import Testing

@testable import BackendHost

@Suite("Naming a backend")
struct SpecificationTests {
  @Test("Words of the command line become backends")
  func parsing() throws {
    #expect(try BackendSpecification(parsing: "cpu") == .cpu)
    #expect(try BackendSpecification(parsing: "oracle") == .oracle)
    #expect(try BackendSpecification(parsing: "./x/libnpu") == .library(path: "./x/libnpu"))
    #expect(try BackendSpecification(parsing: "libnpu.so") == .library(path: "libnpu.so"))
    #expect(
      try BackendSpecification(command: ["ssh", "board", "w"]) == .command(["ssh", "board", "w"]))
  }

  @Test("What means nothing is refused with the reason", arguments: ["", "gpu", "cpu "])
  func refused(_ text: String) {
    #expect(throws: HostError.self) { try BackendSpecification(parsing: text) }
    #expect(throws: HostError.self) { try BackendSpecification(command: [String]()) }
    #expect(throws: HostError.self) { try BackendSpecification(command: [""]) }
  }

  @Test("Arguments of the worker are read, or refused as a whole")
  func arguments() {
    var surroundings = WorkerSurroundings()
    surroundings.input = 3
    surroundings.output = 4
    surroundings.isolatesNetwork = true
    #expect(
      WorkerCommand(["--fd-in", "3", "--fd-out", "4", "--isolate-network", "lib.so"])
        == .serve(library: "lib.so", surroundings: surroundings))
    #expect(
      WorkerCommand(["--memory-bytes", "9", "--launch", "python3", "--version"])
        == .launch(
          ["python3", "--version"], surroundings: WorkerSurroundings(), memoryBytes: 9))
    let nonsense = [
      [], ["--launch"], ["--fd-in"], ["--fd-in", "x", "lib.so"], ["a.so", "b.so"], ["--what", "a"],
    ]
    for words in nonsense { #expect(WorkerCommand(words) == nil, "\(words)") }
  }

  @Test("Only the last bytes of standard error are kept, in order")
  func standardErrorTail() {
    var tail = StandardErrorTail()
    let all = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 % 251) }
    for start in stride(from: 0, to: all.count, by: 7777) {
      all[start..<min(all.count, start + 7777)].withUnsafeBytes { tail.append($0) }
      let seen = min(all.count, start + 7777)
      #expect(tail.bytes == all[max(0, seen - StandardErrorTail.capacity)..<seen].map { $0 })
    }
    all.withUnsafeBytes { tail.append($0) }
    #expect(tail.bytes == Array(all.suffix(StandardErrorTail.capacity)))
  }

  @Test("Foreign text is made printable")
  func printable() {
    #expect("a\u{1b}[31mb\nc\td\u{0}".printable(limit: 100) == "a\u{fffd}[31mb c d\u{fffd}")
    #expect("right\u{202e}left".printable(limit: 100) == "right\u{fffd}left")
    #expect("ünï€😀".printable(limit: 3) == "ünï")
  }
}
