import Spec

/// Reads the files of a suite, and keeps what the manifest has to agree with.
struct FileReading {
  let directory: String
  /// By path relative to the directory.
  let outlines: [String: FileOutline]
  /// The tier that is wanted; nil for all cases.
  let tier: Tier?
  /// SHA-256 in hexadecimal of each file that was read, by path relative to the directory.
  private(set) var digests: [String: String] = [:]

  init(directory: String, outlines: [String: FileOutline], tier: Tier?) {
    (self.directory, self.outlines, self.tier) = (directory, outlines, tier)
  }

  /// The text of a file with the tier it was reduced to.
  struct Contents {
    let text: String
    /// Nil when the text is whole.
    let tier: Tier?
  }

  /// A file as a whole.
  mutating func whole(_ path: String) throws(CaseFileError) -> String {
    try text(bytes(path), path)
  }

  /// What the tier needs of a case file; nil when it has no case there. A file that is not the one
  /// the manifest was made of is read whole, so that its errors are found where they stand.
  mutating func cases(_ path: String) throws(CaseFileError) -> Contents? {
    let bytes = try bytes(path)
    let relative = relative(path)
    guard let tier, let outline = outlines[relative], outline.digest == digests[relative] else {
      return Contents(text: try text(bytes, path), tier: nil)
    }
    guard outline.hasCases(in: tier) else { return nil }
    return Contents(text: try text(outline.reduced(bytes, to: tier), path), tier: tier)
  }

  /// The path below the directory.
  func relative(_ path: String) -> String {
    path.hasPrefix(directory + "/") ? String(path.dropFirst(directory.utf8.count + 1)) : path
  }

  private mutating func bytes(_ path: String) throws(CaseFileError) -> [UInt8] {
    do throws(FileFault) {
      let bytes = try FileContents.bytes(at: path)
      digests[relative(path)] = SHA256.hexadecimal(SHA256.digest(of: bytes))
      return bytes
    } catch {
      throw CaseFileError(path: path, reason: error.reason)
    }
  }

  private func text(_ bytes: [UInt8], _ path: String) throws(CaseFileError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CaseFileError(path: path, reason: "not UTF-8")
    }
    return text
  }
}
