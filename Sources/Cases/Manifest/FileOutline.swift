/// What the manifest says of one file of the suite, so that a run of a tier reads only its share.
package struct FileOutline: Hashable, Sendable {
  /// SHA-256 of the file in hexadecimal.
  package let digest: String
  /// Cases that state each tier, both forms counted; empty for files that hold no cases.
  package let caseCounts: [Tier: Int]
  /// The elements of `groups` from the first to the end of the file; empty where the file can only
  /// be read whole, e.g. because one element names an anchor of another.
  let elements: [Element]

  /// An element of `groups`: one group, or those of a pattern.
  struct Element: Hashable, Sendable {
    /// Of the file, from 1.
    let line: Int
    /// The tiers that its groups state.
    let tiers: Set<Tier>
  }

  init(digest: String, caseCounts: [Tier: Int] = [:], elements: [Element] = []) {
    (self.digest, self.caseCounts, self.elements) = (digest, caseCounts, elements)
  }

  /// Whether a run of the tier has cases of the file.
  func hasCases(in tier: Tier) -> Bool { caseCounts.contains { tier.contains($0.key) } }

  /// The text of the file without the elements that have no group of the tier; lines keep their
  /// numbers. The whole text where the file can only be read whole.
  func reduced(_ text: [UInt8], to tier: Tier) -> [UInt8] {
    guard !elements.isEmpty else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var (line, next, isKept, start) = (1, 0, true, 0)
    while start < text.count {
      if next < elements.count, elements[next].line == line {
        isKept = elements[next].tiers.contains { tier.contains($0) }
        next += 1
      }
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.count
      if isKept {
        result += text[start..<end]
      } else if text[end - 1] == UInt8(ascii: "\n") {
        result.append(UInt8(ascii: "\n"))
      }
      line += 1
      start = end
    }
    return result
  }
}
