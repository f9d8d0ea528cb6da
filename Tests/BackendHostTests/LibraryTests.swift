import Glibc
import Testing

@testable import BackendHost

extension WorkerTests {
  @Suite("Libraries that are no backends")
  struct LibraryTests {
    private static let fixtures: String = {
      let here = #filePath
      let tests = here.split(separator: "/").dropLast(2).joined(separator: "/")
      return "/" + tests + "/FaultyBackends/fixtures"
    }()

    private static let headers: String = {
      let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
      return "/" + root + "/Sources/BackendABI/include"
    }()

    private func directory() throws -> ScratchDirectory { try ScratchDirectory() }

    private func run(_ words: [String]) throws -> Int32 {
      var child: pid_t = 0
      var arguments = words.map { strdup($0) }
      arguments.append(nil)
      defer { for argument in arguments { free(argument) } }
      try #require(posix_spawnp(&child, words[0], nil, nil, arguments, environ) == 0)
      var status: Int32 = -1
      waitpid(child, &status, 0)
      return status
    }

    private func end(fixture: String) throws -> WorkerEnd? {
      let place = try directory()
      defer { place.remove() }
      let library = "\(place.temporary)/\(fixture).so"
      let status = try run([
        "cc", "-shared", "-fPIC", "-I", Self.headers, "\(Self.fixtures)/\(fixture).c", "-o",
        library,
      ])
      try #require(status == 0, "cc failed")
      let session = try WorkerSession(.library(path: library))
      if case .ended(let end) = session.start() { return end }
      return nil
    }

    @Test(
      "The reason is said by the worker",
      arguments: [
        ("no_symbol", "it does not export assay_backend_api"),
        ("future_abi", "does not implement version 1 of the interface"),
        ("short_table", "has 8 bytes; the required functions take"),
        (
          "missing_function",
          "lacks required functions: create, describe, compile, execute, result_values, "
            + "release_result, release_executable, destroy"
        ),
      ])
    func refused(_ fixture: String, _ reason: String) throws {
      let end = try #require(try end(fixture: fixture))
      guard case .gaveUp(let refusal) = end.cause else {
        Issue.record("\(end)")
        return
      }
      #expect(refusal.status == .error)
      #expect(refusal.message.contains(reason), "\(refusal.message)")
      #expect(end.phase == .start)
    }

    @Test("A library that ends the process while it is loaded is a crash at the start")
    func abortOnLoad() throws {
      let end = try end(fixture: "abort_on_load")
      #expect(end?.cause == .signal(SIGABRT))
      #expect(end?.phase == .start)
    }

    @Test("A file that is no library is refused with the loader's words")
    func noLibrary() throws {
      let session = try WorkerSession(.library(path: #filePath))
      guard case .ended(let end) = session.start(), case .gaveUp(let refusal) = end.cause else {
        Issue.record("started")
        return
      }
      #expect(refusal.message.contains("cannot load"))
      #expect(refusal.message.contains("invalid ELF header"))
    }

    @Test("A file that does not exist is our error, before anything is started")
    func missing() {
      #expect(
        throws: HostError.missing(
          path: "/no/such/library.so", remedy: "check the path of the backend")
      ) { try WorkerSession(.library(path: "/no/such/library.so")) }
    }
  }
}
