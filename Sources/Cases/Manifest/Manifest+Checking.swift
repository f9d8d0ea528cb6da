import CanonicalJSON

/// A difference between the manifest and what was loaded.
package enum ManifestFinding: Hashable, Sendable {
  case wrongCount(group: String, expected: Int, found: Int)
  case unknownGroup(String, found: Int)
  case missingGroup(String, expected: Int)
  case changedFile(path: String)
  case unknownFile(path: String)
  case missingFile(path: String)
  case wrongFileCount(path: String, tier: Tier, expected: Int, found: Int)
  case wrongGolden(path: String, expected: String, found: String)
  case unknownGolden(path: String)
  case missingGolden(path: String)
}

extension ManifestFinding: CustomStringConvertible {
  /// One sentence with the remedy.
  package var description: String {
    let remedy = "run scripts/regenerate"
    return switch self {
    case .wrongCount(let group, let expected, let found):
      "expected \(expected) cases in group \(group), the case files give \(found): \(remedy)"
    case .unknownGroup(let group, let found):
      "the case files give \(found) cases in group \(group), the manifest has none: \(remedy)"
    case .missingGroup(let group, let expected):
      "expected \(expected) cases in group \(group), the case files give none: \(remedy)"
    case .changedFile(let path):
      "\(path) is not the file that the manifest was made of: \(remedy)"
    case .unknownFile(let path): "\(path) is not in the manifest: \(remedy)"
    case .missingFile(let path): "\(path) is in the manifest but does not exist: \(remedy)"
    case .wrongFileCount(let path, let tier, let expected, let found):
      "expected \(expected) cases of tier \(tier.rawValue) in \(path), it gives \(found): \(remedy)"
    case .wrongGolden(let path, let expected, let found):
      "\(path): SHA-256 is \(found), the manifest says \(expected): \(remedy)"
    case .unknownGolden(let path): "\(path) is not in the manifest: \(remedy)"
    case .missingGolden(let path): "\(path) is in the manifest but does not exist: \(remedy)"
    }
  }
}

extension Manifest {
  /// Differences between the manifest and the entries, sorted by group; none where the counts of
  /// groups were left unread.
  ///
  /// `isComplete` says that the entries are those of the whole suite; otherwise groups that were
  /// not loaded at all are no finding.
  package func findings(entries: [CaseEntry], isComplete: Bool = true) -> [ManifestFinding] {
    guard let groupCounts else { return [] }
    let found = Self.groupCounts(entries)
    var findings: [ManifestFinding] = []
    for group in Set(found.keys).union(groupCounts.keys).sorted() {
      switch (groupCounts[group], found[group]) {
      case (let expected?, let count?) where expected != count:
        findings.append(.wrongCount(group: group, expected: expected, found: count))
      case (nil, let count?): findings.append(.unknownGroup(group, found: count))
      case (let expected?, nil) where isComplete:
        findings.append(.missingGroup(group, expected: expected))
      case (_, _): break
      }
    }
    return findings
  }

  /// Differences between the manifest and the files that were read, sorted by path: other bytes,
  /// or other counts of cases in the tiers that were wanted.
  ///
  /// `mayBeUnread` says which files a filter may have kept unread.
  package func findings(
    contents: SuiteContents, mayBeUnread: (_ path: String) -> Bool = { _ in false }
  ) -> [ManifestFinding] {
    var findings: [ManifestFinding] = []
    for path in Set(files.keys).union(contents.digests.keys).sorted() {
      switch (files[path], contents.digests[path]) {
      case (let outline?, let digest?) where outline.digest != digest:
        findings.append(.changedFile(path: path))
      case (let outline?, .some): findings += Self.counts(outline, contents, path)
      case (nil, .some): findings.append(.unknownFile(path: path))
      case (.some, nil) where !mayBeUnread(path): findings.append(.missingFile(path: path))
      case (_, nil): break
      }
    }
    return findings
  }

  private static func counts(
    _ outline: FileOutline, _ contents: SuiteContents, _ path: String
  ) -> [ManifestFinding] {
    let found = contents.caseCounts[path] ?? [:]
    return Tier.allCases.filter { contents.tier?.contains($0) ?? true }.compactMap { tier in
      let (expected, count) = (outline.caseCounts[tier] ?? 0, found[tier] ?? 0)
      guard expected != count else { return nil }
      return .wrongFileCount(path: path, tier: tier, expected: expected, found: count)
    }
  }

  /// Differences between the manifest and golden files, given by path and SHA-256.
  package func findings(goldenDigests found: [String: String]) -> [ManifestFinding] {
    var findings: [ManifestFinding] = []
    for path in Set(found.keys).union(goldenDigests.keys).sorted() {
      switch (goldenDigests[path], found[path]) {
      case (let expected?, let digest?) where expected != digest:
        findings.append(.wrongGolden(path: path, expected: expected, found: digest))
      case (nil, .some): findings.append(.unknownGolden(path: path))
      case (.some, nil): findings.append(.missingGolden(path: path))
      case (_, _): break
      }
    }
    return findings
  }

  /// The number of cases a run of the tier has.
  package func caseCount(of tier: Tier) -> Int {
    tierCounts.reduce(0) { tier.contains($1.key) ? $0 + $1.value : $0 }
  }

  init(_ root: JSONField, readsGroups: Bool) throws(JSONFieldError) {
    try root.refuseMembers(
      otherThan: ["schema", "suite", "oracle", "tiers", "files", Self.groupsName, "goldens"])
    let schema = try root.member("schema")
    guard try schema.string() == Self.schema else { throw schema.mismatch("\"\(Self.schema)\"") }
    suiteVersion = try root.member("suite").string()
    oracleVersion = try root.member("oracle").string()
    var tiers: [Tier: Int] = [:]
    for (key, field) in try root.member("tiers").members() {
      guard let tier = Tier(rawValue: key) else { throw field.mismatch("a tier's name") }
      tiers[tier] = try field.integer(as: Int.self)
    }
    tierCounts = tiers
    var files: [String: FileOutline] = [:]
    for (key, field) in try root.member("files").members() { files[key] = try FileOutline(field) }
    self.files = files
    groupCounts = readsGroups ? try Self.counts(root.member(Self.groupsName)) : nil
    var goldens: [String: String] = [:]
    for (key, field) in try root.member("goldens").members() { goldens[key] = try field.string() }
    goldenDigests = goldens
  }

  private static func counts(_ field: JSONField) throws(JSONFieldError) -> [String: Int] {
    var counts: [String: Int] = [:]
    for (key, count) in try field.members() { counts[key] = try count.integer(as: Int.self) }
    return counts
  }
}
