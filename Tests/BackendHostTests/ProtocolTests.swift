import Glibc
import Testing

@testable import BackendHost

extension WorkerTests {
  /// Workers that are shell scripts, because nothing else breaks the protocol so easily.
  @Suite("Breaches of the protocol")
  struct ProtocolTests {
    private func end(
      _ script: String, limit: Duration = .seconds(20), frameBytes: UInt64 = 1 << 20
    ) throws -> WorkerEnd? {
      let options = SessionOptions(
        limits: WorkerLimits(frameBytes: frameBytes), startLimit: limit)
      let session = try WorkerSession(.command(["sh", "-c", script]), options: options)
      if case .ended(let end) = session.start() { return end }
      return nil
    }

    @Test("A worker of another protocol version is refused")
    func version() throws {
      // HelloReply { protocol_version: 2 }
      let end = try end(#"printf '\004\000\000\000\012\002\010\002'; sleep 100"#)
      #expect(end?.cause == .protocolViolation("protocol version 2, expected 1"))
      #expect(end?.phase == .start)
    }

    @Test("Text on the stream of the protocol is a breach, not a gigabyte of memory")
    func text() throws {
      guard case .protocolViolation(let what) = try end("echo hello world; sleep 100")?.cause else {
        Issue.record("no breach")
        return
      }
      #expect(what == "a frame of 1819043176 bytes, the limit is 1048576")
    }

    @Test("A frame that is no message is a breach")
    func garbage() throws {
      let end = try end(#"printf '\003\000\000\000\377\377\377'; sleep 100"#)
      #expect(end?.cause == .protocolViolation("a frame that is no message"))
    }

    @Test("An empty message is a breach")
    func empty() throws {
      let end = try end(#"printf '\000\000\000\000'; sleep 100"#)
      #expect(end?.cause == .protocolViolation("a message of unknown kind"))
    }

    @Test("A reply before the greeting is a breach")
    func unexpectedReply() throws {
      // Reply { request: 1, status: OK }
      let end = try end(#"printf '\006\000\000\000\022\004\010\001\020\001'; sleep 100"#)
      #expect(end?.cause == .protocolViolation("a reply that nobody asked for"))
    }

    private static let greeting = #"printf '\004\000\000\000\012\002\010\001';"#

    @Test("A reply to another request is a breach")
    func wrongNumber() throws {
      let end = try end(
        Self.greeting + #"printf '\006\000\000\000\022\004\010\007\020\001'; sleep 100"#)
      #expect(end?.cause == .protocolViolation("a reply to request 7, expected 2"))
    }

    @Test("A reply without status, and one without result, are breaches")
    func incomplete() throws {
      let first = try end(Self.greeting + #"printf '\004\000\000\000\022\002\010\002'; sleep 100"#)
      #expect(first?.cause == .protocolViolation("a reply without status"))
      let second = try end(
        Self.greeting + #"printf '\006\000\000\000\022\004\010\002\020\001'; sleep 100"#)
      #expect(
        second?.cause == .protocolViolation("a reply with status OK and the wrong result"))
    }

    @Test("A torn frame of a worker that exits is an exit")
    func torn() throws {
      #expect(try end(#"printf '\020\000\000\000abc'"#)?.cause == .exit(0))
    }

    @Test("A worker that closes its output and stays is killed")
    func closed() throws {
      let end = try end("exec >&-; sleep 100")
      #expect(end?.cause == .protocolViolation("it closed a stream and goes on running"))
      #expect(end?.exit.signal == SIGKILL)
    }

    @Test("A silent worker is given up at its limit")
    func silent() throws {
      #expect(try end("sleep 100", limit: .milliseconds(300))?.cause == .timeout)
    }

    @Test("A program that does not exist says so")
    func missingProgram() throws {
      let session = try WorkerSession(.command(["no-such-program-at-all"]))
      guard case .ended(let end) = session.start() else {
        Issue.record("started")
        return
      }
      #expect(end.cause == .exit(127))
      let text = String(decoding: end.exit.standardError, as: UTF8.self)
      #expect(text.contains("cannot start no-such-program-at-all: No such file or directory"))
    }

    @Test("What a worker says when it gives up is made printable")
    func fatal() throws {
      // Fatal { message: "no\x1b\nway", status: DEVICE_UNAVAILABLE }
      let end = try end(
        #"printf '\015\000\000\000\032\013\012\007no\033\nway\020\007'; sleep 100"#)
      #expect(
        end?.cause == .gaveUp(Refusal(.deviceUnavailable, message: "no\u{fffd} way")))
    }
  }
}
