import Glibc
import Testing

@Suite("Generated registries")
struct RegistryTests {
  struct NotStarted: Error { let number: Int32 }

  /// The exit status of a program; -1 when a signal ended it.
  private static func status(of words: [String]) throws -> Int32 {
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let environment: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=\(path)"), nil]
    defer { for text in arguments + environment { free(text) } }
    var child: pid_t = 0
    let failure = posix_spawn(&child, words[0], nil, nil, arguments, environment)
    guard failure == 0 else { throw NotStarted(number: failure) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw NotStarted(number: errno) }
    }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
  }

  @Test("The registries are those of the operator files; else run scripts/generate-registry")
  func current() throws {
    #expect(try Self.status(of: [SourceTree.root + "/scripts/generate-registry", "--check"]) == 0)
  }

  @Test("The generator refuses an option it does not know")
  func unknownOption() throws {
    #expect(try Self.status(of: [SourceTree.root + "/scripts/generate-registry", "--nope"]) == 2)
  }
}
