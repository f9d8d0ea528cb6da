package import Cases
import Oracle

/// Compares freshly made goldens with the stored ones, and stores them.
package struct GoldenPublication {
  private let directory: String
  private let files: [String: [UInt8]]

  /// `files`: golden files by path relative to `directory`; the manifest is made here.
  ///
  /// The files of the catalogue are read once more, for their outlines.
  package init(
    directory: String, catalogue: CaseCatalogue, files: [String: [UInt8]]
  ) throws(CaseFileError) {
    self.directory = directory
    let digests = files.mapValues { SHA256.hexadecimal(SHA256.digest(of: $0)) }
    let manifest = Manifest(
      suiteVersion: Suite.version, oracleVersion: Oracle.version, entries: catalogue.entries,
      files: try catalogue.contents?.outlines() ?? [:], goldenDigests: digests)
    self.files = files.merging([Manifest.fileName: manifest.bytes]) { $1 }
  }

  /// The relative paths whose stored bytes differ or are missing, in order.
  package func changes() -> [String] {
    files.keys.sorted().filter { path in
      (try? GoldenFileBytes.read("\(directory)/\(path)")) != files[path]
    }
  }

  /// Stores what differs, the manifest last; returns the changed paths.
  package func publish() throws(GoldenError) -> [String] {
    let changed = changes()
    let ordered = changed.filter { $0 != Manifest.fileName }
    for path in ordered { try GoldenFileBytes.write(files[path] ?? [], to: "\(directory)/\(path)") }
    if changed.contains(Manifest.fileName) {
      try GoldenFileBytes.write(
        files[Manifest.fileName] ?? [], to: "\(directory)/\(Manifest.fileName)")
    }
    return changed
  }
}
