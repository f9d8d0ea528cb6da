import Glibc
import Synchronization
import Verification

/// Results go to stdout, everything else to stderr.
enum Output {
  /// The number of the error that kept results from stdout, or 0.
  private static let resultsFailure = Atomic<Int32>(0)

  /// Opens /dev/null for each standard stream that is closed: a file opened later would take its
  /// place, and messages would be written into that file.
  static func openClosedStreams() {
    while case let descriptor = open("/dev/null", O_RDWR), descriptor >= 0 {
      guard descriptor > 2 else { continue }
      close(descriptor)
      return
    }
  }

  /// Throws when results were lost: a full disk must not pass for success.
  static func checkResults() throws {
    let number = resultsFailure.load(ordering: .relaxed)
    guard number != 0 else { return }
    throw CommandStop(.harness, "stdout: \(String(cString: strerror(number))); results are lost")
  }

  /// Writes a text and a line feed to stdout.
  static func line(_ text: String) { write(text + "\n", to: 1) }

  /// Writes a text and a line feed to stderr.
  static func error(_ text: String) { write(text + "\n", to: 2) }

  /// Writes a text as it is.
  static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        // A reader that has gone away ends the output, not the run.
        if descriptor == 1, errno != EPIPE { resultsFailure.store(errno, ordering: .relaxed) }
        return
      }
      bytes = bytes.dropFirst(count)
    }
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// UTC, `YYYY-MM-DDThh:mm:ssZ`.
  static func timestamp() -> String {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    var buffer = [CChar](repeating: 0, count: 32)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Nanoseconds of a clock that never goes back.
  static func monotonicNanoseconds() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
  }
}
