import CanonicalJSON
import Cases
import Dispatch
import Spec
import Synchronization

/// One file of goldens, opened when its first case is asked for.
final class GoldenFile: Sendable {
  private let path: String
  /// SHA-256 (hex) as the manifest states it; empty where it names no such file.
  let digest: String
  private let opened = Mutex<GoldenReader?>(nil)
  /// Descriptions that were read for the model of a case and are read again for its verdict.
  private let descriptions = Mutex<[String: JSON]>([:])
  private let digests = Mutex<[String: String]?>(nil)
  /// Held while the file is read, as workers reach a new operator together. A mutex would do, but
  /// the system's spins while its holder runs, which costs as much again as the reading.
  private let turn = DispatchSemaphore(value: 1)

  init(path: String, digest: String) { (self.path, self.digest) = (path, digest) }

  func golden(_ id: String) throws(GoldenError) -> Golden {
    let reader = try reader()
    guard let known = descriptions.withLock({ $0.removeValue(forKey: id) }) else {
      return try reader.golden(id)
    }
    return try reader.golden(id, described: known)
  }

  func ranks(_ id: String) throws(GoldenError) -> [Int?]? {
    guard let description = try reader().description(id) else { return nil }
    descriptions.withLock { $0[id] = description }
    return GoldenReader.ranks(description)
  }

  /// By the ids of goldens.
  func caseDigests() throws(GoldenError) -> [String: String] {
    if let known = digests.withLock({ $0 }) { return known }
    let made = try reader().caseDigests()
    digests.withLock { $0 = made }
    return made
  }

  private func reader() throws(GoldenError) -> GoldenReader {
    turn.wait()
    defer { turn.signal() }
    if let known = opened.withLock({ $0 }) { return known }
    let bytes = try GoldenFileBytes.read(path)
    guard digest == SHA256.hexadecimal(SHA256.digest(of: bytes)) else {
      throw .digestDiffers(file: path)
    }
    let reader = GoldenReader(file: try Safetensors(parsing: bytes, file: path), fileName: path)
    opened.withLock { $0 = reader }
    return reader
  }
}
