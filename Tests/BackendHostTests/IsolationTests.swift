import Glibc
import Testing

@testable import BackendHost

extension WorkerTests {
  @Suite("Isolation of a worker")
  struct IsolationTests {
    @Test("A command gets a scrubbed environment, an empty home and only its three streams")
    func surroundings() throws {
      setenv("ASSAY_TEST_SECRET", "do not pass on", 1)
      defer { unsetenv("ASSAY_TEST_SECRET") }
      let script = """
        exec >&2; env | sort; echo "home: $(ls -A "$HOME" | wc -l)"; touch "$TMPDIR/x" && echo writable
        echo "descriptors: $(ls /proc/self/fd | tr '\\n' ' ')"; exit 9
        """
      let options = SessionOptions(environment: ["EXTRA": "passed", "LANG": "C"])
      let session = try WorkerSession(.command(["sh", "-c", script]), options: options)
      guard case .ended(let end) = session.start() else {
        Issue.record("started")
        return
      }
      #expect(end.cause == .exit(9))
      #expect(end.phase == .start)
      let lines = String(decoding: end.exit.standardError, as: UTF8.self)
        .split(separator: "\n").map(String.init)
      let names = lines.prefix { $0.contains("=") }.compactMap {
        $0.split(separator: "=").first.map(String.init)
      }
      let shellsOwn: Set = ["PWD", "OLDPWD", "SHLVL", "_"]
      #expect(
        Set(names).subtracting(shellsOwn) == [
          "ASSAY_WORKER", "EXTRA", "HOME", "LANG", "PATH", "SWIFT_BACKTRACE", "TMPDIR",
        ])
      #expect(lines.contains("EXTRA=passed") && lines.contains("LANG=C"))
      #expect(lines.contains("SWIFT_BACKTRACE=enable=no"))
      #expect(lines.contains("home: 0") && lines.contains("writable"))
      // What ls inherits, and the directory it reads.
      let descriptors = lines.first { $0.hasPrefix("descriptors: ") }?.split(separator: " ")
      #expect(descriptors?.dropFirst().prefix(3) == ["0", "1", "2"])
      #expect(descriptors?.count == 5, "\(descriptors ?? [])")
      let home = lines.first { $0.hasPrefix("HOME=") }?.dropFirst(5)
      #expect(access(String(home ?? "/"), F_OK) != 0, "the scratch directory is removed")
    }

    @Test("Children of a worker are gone with it", arguments: ["child-process", "detached-child"])
    func children(_ fault: String) throws {
      let session = try FaultyLibrary.session(fault)
      guard case .outputs = session.run(try AddCase.request()) else {
        Issue.record("no outputs")
        return
      }
      let end = session.close()
      #expect(end.cause == .finished)
      let text = String(decoding: end.exit.standardError, as: UTF8.self)
      let number = text.split(separator: " ").last?.split(separator: "\n").first
      let child = try #require(number.flatMap { pid_t($0) })
      #expect(kill(child, 0) == -1 && errno == ESRCH)
      #expect(kill(-session.processIdentifier, 0) == -1 && errno == ESRCH)
    }

    @Test("A flood on standard error neither blocks nor fills memory; the end of it is kept")
    func flood() throws {
      let session = try FaultyLibrary.session("stderr-flood")
      for _ in 0..<3 {
        guard case .outputs = session.run(try AddCase.request()) else {
          Issue.record("no outputs")
          return
        }
      }
      let tail = session.close().exit.standardError
      #expect(tail.count == StandardErrorTail.capacity)
      #expect(tail.allSatisfy { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "\n") })
    }

    @Test("A hundred crashes leave no descriptor, no process and no file behind")
    func leaks() throws {
      try crash()
      let before = (descriptors: Self.descriptors(), children: Self.children())
      for _ in 0..<100 { try crash() }
      // Other suites may open a few files of their own meanwhile; a leak would show a hundred times.
      #expect(Self.descriptors() < before.descriptors + 50)
      #expect(Self.children() < before.children + 50)
    }

    private func crash() throws {
      let session = try FaultyLibrary.session("abort-in-compile")
      guard case .died(let end) = session.run(try AddCase.request()) else {
        Issue.record("did not crash")
        return
      }
      #expect(end.cause == .signal(SIGABRT))
      #expect(kill(session.processIdentifier, 0) == -1 && errno == ESRCH)
    }

    @Test("A session that is dropped takes its worker with it")
    func dropped() throws {
      let identifier = try FaultyLibrary.session("hang-in-destroy").processIdentifier
      #expect(kill(identifier, 0) == -1 && errno == ESRCH)
    }

    private static func descriptors() -> Int { entries("/proc/self/fd").count }

    /// Processes whose parent is this one, zombies included.
    private static func children() -> Int {
      entries("/proc").compactMap { pid_t($0) }.count { process in
        guard let file = fopen("/proc/\(process)/stat", "r") else { return false }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 512)
        guard fgets(&line, 512, file) != nil else { return false }
        let text = String(
          decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // "1234 (name) S parent ..."; the name may hold anything.
        let rest = text.split(separator: ")").last?.split(separator: " ") ?? []
        return rest.count > 1 && rest[1] == String(getpid())
      }
    }

    private static func entries(_ path: String) -> [String] {
      guard let directory = opendir(path) else { return [] }
      defer { closedir(directory) }
      var names: [String] = []
      while let entry = readdir(directory) {
        names.append(
          withUnsafePointer(to: &entry.pointee.d_name) { name in
            name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
          })
      }
      return names
    }
  }
}
