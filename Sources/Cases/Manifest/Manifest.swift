import CanonicalJSON

/// What a release of the suite contains: a run that loads anything else is an error.
package struct Manifest: Hashable, Sendable {
  package let suiteVersion: String
  package let oracleVersion: String
  /// Cases that state each tier; a run of a tier has those of the tiers it contains.
  package let tierCounts: [Tier: Int]
  /// What each file of the suite is, by its path inside `conformance-cases`.
  package let files: [String: FileOutline]
  /// Cases of each group by its id, all forms counted, bodies in groups of their own; nil when they
  /// were left unread.
  package let groupCounts: [String: Int]?
  /// SHA-256 in hexadecimal of each golden file, by its path inside `golden-outputs`.
  package let goldenDigests: [String: String]

  static let groupsName = "groups"
  static let schema = "assay.manifest.v2"
  /// The name of the file inside `golden-outputs`.
  package static let fileName = "manifest.json"

  /// The manifest of all entries of a catalogue.
  package init(
    suiteVersion: String, oracleVersion: String, entries: [CaseEntry],
    files: [String: FileOutline], goldenDigests: [String: String]
  ) {
    self.suiteVersion = suiteVersion
    self.oracleVersion = oracleVersion
    self.files = files
    tierCounts = Self.tierCounts(entries)
    groupCounts = Self.groupCounts(entries)
    self.goldenDigests = goldenDigests
  }

  /// Reads a manifest; throws when it is not one of this version.
  ///
  /// The counts of groups are most of its bytes, and only whole suites are held against them.
  package init(parsing bytes: [UInt8], readsGroups: Bool = true) throws(ManifestError) {
    var wanted: JSONObject = [:]
    do throws(JSONError) {
      let members = try JSONMembers(indexing: bytes)
      for name in members.names where readsGroups || name != Self.groupsName {
        wanted[name] = try members.value(name)
      }
    } catch {
      throw .content("\(error)")
    }
    do throws(JSONFieldError) {
      self = try Self(JSONField(.object(wanted)), readsGroups: readsGroups)
    } catch {
      throw .content("\(error)")
    }
  }

  static func tierCounts(_ entries: [CaseEntry]) -> [Tier: Int] {
    entries.reduce(into: [:]) { $0[$1.group.tier, default: 0] += 1 }
  }

  static func groupCounts(_ entries: [CaseEntry]) -> [String: Int] {
    entries.reduce(into: [:]) { $0[$1.group.id, default: 0] += 1 }
  }

  /// The document: JSON with sorted keys and one entry per line, so that changes read well.
  package var bytes: [UInt8] {
    let tiers = Dictionary(uniqueKeysWithValues: tierCounts.map { ($0.key.rawValue, $0.value) })
    func block(_ members: [String: JSON]) -> String {
      let lines = members.sorted { $0.key < $1.key }.map {
        "\(JSON.string($0.key).canonicalText): \($0.value.canonicalText)"
      }
      return lines.isEmpty ? "{}" : "{\n    \(lines.joined(separator: ",\n    "))\n  }"
    }
    let text = """
      {
        "files": \(block(files.mapValues(\.json))),
        "goldens": \(block(goldenDigests.mapValues { .string($0) })),
        "groups": \(block((groupCounts ?? [:]).mapValues { .integer(Int64($0)) })),
        "oracle": \(JSON.string(oracleVersion).canonicalText),
        "schema": \(JSON.string(Self.schema).canonicalText),
        "suite": \(JSON.string(suiteVersion).canonicalText),
        "tiers": \(block(tiers.mapValues { .integer(Int64($0)) }))
      }

      """
    return Array(text.utf8)
  }
}

/// Why a manifest cannot be read.
package enum ManifestError: Error, Hashable, Sendable, CustomStringConvertible {
  case content(String)

  package var reason: String {
    switch self {
    case .content(let reason): reason
    }
  }

  package var description: String { "manifest: \(reason); run scripts/regenerate" }
}
