package import Cases
package import Spec
import Synchronization

/// Reads stored goldens; each file is read and checked against the manifest once.
package final class GoldenStore: Sendable {
  private let directory: String
  private let catalogue: CaseCatalogue
  private let digests: [String: String]
  /// Two for each case file, the goldens of its smoke tier and the others; nil before the first use.
  private let files: Mutex<[GoldenFile?]>

  /// `digests`: SHA-256 (hex) by relative path, from the manifest.
  package init(directory: String, catalogue: CaseCatalogue, digests: [String: String]) {
    self.directory = directory
    self.catalogue = catalogue
    self.digests = digests
    files = Mutex([GoldenFile?](repeating: nil, count: 2 * catalogue.fileCount))
  }

  /// The golden of a case; inputs and constants share it, a body has its own.
  package func golden(for entry: CaseEntry) throws(GoldenError) -> Golden {
    try file(of: entry).golden(entry.id.goldenID)
  }

  /// The rank of each output, where all legal results have one; nil for a case without a golden.
  func ranks(for entry: CaseEntry) throws(GoldenError) -> [Int?]? {
    guard entry.expectation != .mustReject else { return nil }
    return try file(of: entry).ranks(entry.id.goldenID)
  }

  /// SHA-256 (hex) of the golden file that a case belongs to, as the manifest states it, in bytes.
  package func digest(for entry: CaseEntry) -> [UInt8] { Array(file(of: entry).digest.utf8) }

  /// SHA-256 (hex) of what is stored of one case alone; empty for a case without a golden.
  package func caseDigest(for entry: CaseEntry) throws(GoldenError) -> String {
    try file(of: entry).caseDigests()[entry.id.goldenID] ?? ""
  }

  private func file(of entry: CaseEntry) -> GoldenFile {
    let isSmoke = entry.group.tier == .smoke
    let place = 2 * catalogue.filePosition(of: entry) + (isSmoke ? 0 : 1)
    return files.withLock { files in
      if let known = files[place] { return known }
      let relative = GoldenPath.relative(of: entry, in: catalogue)
      let made = GoldenFile(path: "\(directory)/\(relative)", digest: digests[relative] ?? "")
      files[place] = made
      return made
    }
  }
}
