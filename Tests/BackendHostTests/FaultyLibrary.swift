import Glibc

@testable import BackendHost

/// The library with a choice of faults, where the build puts it: beside the test program.
enum FaultyLibrary {
  static var directory: String {
    guard let path = realpath("/proc/self/exe", nil) else { return "." }
    defer { free(path) }
    let text = String(cString: path)
    return text.lastIndex(of: "/").map { String(text[..<$0]) } ?? "."
  }

  static let specification = BackendSpecification.library(
    path: directory + "/libAssayFaultyBackends.so")

  /// Options with short limits, so that a hang costs little.
  static func options(
    _ fault: String, startLimit: Duration = .seconds(20), memoryBytes: UInt64 = 8 << 30
  ) -> SessionOptions {
    SessionOptions(
      backendOptions: "{\"fault\": \"\(fault)\"}", limits: WorkerLimits(memoryBytes: memoryBytes),
      startLimit: startLimit, shutdownLimit: .seconds(1))
  }

  /// A session that has started.
  static func session(_ fault: String = "none") throws -> WorkerSession {
    let session = try WorkerSession(specification, options: options(fault))
    guard case .ready = session.start() else { throw NotStarted(fault: fault) }
    return session
  }

  struct NotStarted: Error { let fault: String }
}
