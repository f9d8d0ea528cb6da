import Spec

/// What a catalogue read from its directory, to be held against a manifest.
package struct SuiteContents: Sendable {
  let directory: String
  /// SHA-256 in hexadecimal of each file that was read, by path relative to the directory.
  let digests: [String: String]
  /// Cases of each tier in the case files that were parsed, by path; before any filter.
  let caseCounts: [String: [Tier: Int]]
  /// The tier that was read; nil for all.
  let tier: Tier?
  private let elements: [String: [FileOutline.Element]]

  init(
    _ reading: FileReading, _ entries: [CaseEntry], _ files: [CaseFile],
    _ expansions: [GroupExpansion]
  ) {
    directory = reading.directory
    digests = reading.digests
    tier = reading.tier
    var counts: [[Tier: Int]] = files.map { _ in [:] }
    for entry in entries {
      counts[expansions[entry.expansion].file][entry.group.tier, default: 0] += 1
    }
    let paths = files.map { reading.relative($0.path) }
    caseCounts = Dictionary(zip(paths, counts), uniquingKeysWith: { first, _ in first })
    elements = Dictionary(
      zip(paths, files.map(\.elements)), uniquingKeysWith: { first, _ in first })
  }

  /// The outline of every file that was read, for a new manifest; reads the case files once more.
  package func outlines() throws(CaseFileError) -> [String: FileOutline] {
    var result: [String: FileOutline] = [:]
    for (path, digest) in digests {
      let outline = FileOutline(
        digest: digest, caseCounts: caseCounts[path] ?? [:], elements: elements[path] ?? [])
      result[path] = outline
      if outline.elements.isEmpty { continue }
      if try isPartable(outline, path) { continue }
      result[path] = FileOutline(digest: digest, caseCounts: outline.caseCounts)
    }
    return result
  }

  /// Whether the file without the elements of other tiers says the same of the elements that stay.
  private func isPartable(_ outline: FileOutline, _ path: String) throws(CaseFileError) -> Bool {
    let bytes: [UInt8]
    do throws(FileFault) { bytes = try FileContents.bytes(at: "\(directory)/\(path)") } catch {
      throw CaseFileError(path: error.path, reason: error.reason)
    }
    guard let whole = try? Self.syntax(bytes), let members = whole.members else { return false }
    return Tier.allCases.filter { outline.hasCases(in: $0) }.allSatisfy { tier in
      let kept = outline.elements.filter { $0.tiers.contains { tier.contains($0) } }.map(\.line)
      let wanted = members.map { member in
        guard member.key == "groups", let groups = member.value.elements else { return member }
        let part = Syntax(
          .list(groups.filter { kept.contains($0.line) }), line: member.value.line)
        return Syntax.Member(key: member.key, line: member.line, value: part)
      }
      guard let reduced = try? Self.syntax(outline.reduced(bytes, to: tier)) else { return false }
      return reduced.members?.map(\.withoutListLine) == wanted.map(\.withoutListLine)
    }
  }

  private static func syntax(_ bytes: [UInt8]) throws(SyntaxFault) -> Syntax {
    try Syntax(yaml: String(decoding: bytes, as: UTF8.self))
  }
}

extension Syntax.Member {
  /// The list of groups begins where its first element does, which may be left out.
  fileprivate var withoutListLine: Syntax.Member {
    guard key == "groups" else { return self }
    return Syntax.Member(
      key: key, line: line, value: Syntax(value.content, line: line))
  }
}
