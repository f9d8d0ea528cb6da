import Glibc
import Runner
import Verification

/// Logs of invented records in a folder of their own, removed at the end.
final class LogFolder {
  struct Unavailable: Error { let path: String }

  let root: String
  var log: String { root + "/events.jsonl" }

  init() throws {
    var template = Array("/tmp/assay-runner-XXXXXX\0".utf8CString.dropLast())
    guard mkdtemp(&template) != nil else { throw Unavailable(path: "/tmp") }
    root = String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { clear() }

  /// A log of a plan of three cases, of which two are judged.
  func startedLog() throws -> EventLog {
    let log = try EventLog(creating: log, planDigest: "abc", shard: "1/1")
    try log.append([.planned(cases: 3, digest: "abc", shard: "1/1")])
    try log.append([.caseJudged(Self.record(0)), .caseJudged(Self.record(1))])
    return log
  }

  static func record(_ number: Int, verdict: Verdict = .pass) -> CaseRecord {
    CaseRecord(
      caseID: "onnx/Add-14/f32/group#00\(number)", caseDigest: "00", domain: "onnx",
      operatorName: "Add", sinceVersion: 14, types: "f32", intent: "anything",
      accuracyClass: "rounded", verdict: verdict)
  }

  func text() throws -> String {
    guard let file = fopen(log, "r") else { throw Unavailable(path: log) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func write(_ text: String) throws {
    guard let file = fopen(log, "w") else { throw Unavailable(path: log) }
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Unavailable(path: log) }
  }

  /// Removes every file and the folder.
  private func clear() {
    if let directory = opendir(root) {
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { unlink(root + "/" + name) }
      }
      closedir(directory)
    }
    rmdir(root)
  }
}
