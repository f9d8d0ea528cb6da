package import Cases
import Dispatch
package import Spec
import Synchronization

/// Reads stored goldens; each file is read and checked against the manifest once.
package final class GoldenStore: Sendable {
  private let directory: String
  private let catalogue: CaseCatalogue
  private let digests: [String: String]
  private let files: Mutex<[String: GoldenFile]>
  private let caseDigests: Mutex<[String: [String: String]]>

  /// `digests`: SHA-256 (hex) by relative path, from the manifest.
  package init(directory: String, catalogue: CaseCatalogue, digests: [String: String]) {
    self.directory = directory
    self.catalogue = catalogue
    self.digests = digests
    files = Mutex([:])
    caseDigests = Mutex([:])
  }

  /// The golden of a case; inputs and constants share it, a body has its own.
  package func golden(for entry: CaseEntry) throws(GoldenError) -> Golden {
    let relative = GoldenPath.relative(of: entry, in: catalogue)
    return try reader(relative).golden(entry.id.goldenID)
  }

  /// The rank of each output, where all legal results have one; nil for a case without a golden.
  func ranks(for entry: CaseEntry) throws(GoldenError) -> [Int?]? {
    guard entry.expectation != .mustReject else { return nil }
    return try reader(GoldenPath.relative(of: entry, in: catalogue)).ranks(entry.id.goldenID)
  }

  /// SHA-256 (hex) of the golden file that a case belongs to, as the manifest states it, in bytes.
  package func digest(for entry: CaseEntry) -> [UInt8] {
    Array((digests[GoldenPath.relative(of: entry, in: catalogue)] ?? "").utf8)
  }

  /// SHA-256 (hex) of what is stored of one case alone; empty for a case without a golden.
  package func caseDigest(for entry: CaseEntry) throws(GoldenError) -> String {
    let relative = GoldenPath.relative(of: entry, in: catalogue)
    if let known = caseDigests.withLock({ $0[relative] }) {
      return known[entry.id.goldenID] ?? ""
    }
    let digests = try reader(relative).caseDigests()
    caseDigests.withLock { $0[relative] = digests }
    return digests[entry.id.goldenID] ?? ""
  }

  private func reader(_ relative: String) throws(GoldenError) -> GoldenReader {
    let file = files.withLock { files in
      let known = files[relative] ?? GoldenFile()
      files[relative] = known
      return known
    }
    return try file.reader(path: "\(directory)/\(relative)", digest: digests[relative])
  }
}

/// One file, opened when its first case is judged.
private final class GoldenFile: Sendable {
  private let opened = Mutex<GoldenReader?>(nil)
  /// Held while the file is read, as workers reach a new operator together. A mutex would do, but
  /// the system's spins while its holder runs, which costs as much again as the reading.
  private let turn = DispatchSemaphore(value: 1)

  func reader(path: String, digest: String?) throws(GoldenError) -> GoldenReader {
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
