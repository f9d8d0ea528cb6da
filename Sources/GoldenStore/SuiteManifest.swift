import CanonicalJSON
package import Cases

/// What a release of the suite contains: expected counts and the digests of its goldens.
package struct SuiteManifest: Hashable, Sendable {
  package static let fileName = "manifest.json"
  private static let schema = "assay.manifest.v1"

  /// Cases by group id.
  package let groups: [String: Int]
  /// Cases by tier, each tier alone.
  package let tiers: [String: Int]
  /// SHA-256 (hex) of golden files by relative path.
  package let digests: [String: String]
  package let seed: String
  package let oracleVersion: String

  /// The manifest of a catalogue.
  package init(catalogue: CaseCatalogue, oracleVersion: String, digests: [String: String]) {
    var (groups, tiers): ([String: Int], [String: Int]) = ([:], [:])
    for entry in catalogue.entries {
      groups[entry.group.id, default: 0] += 1
      tiers[entry.group.tier.rawValue, default: 0] += 1
    }
    (self.groups, self.tiers, self.digests) = (groups, tiers, digests)
    (seed, self.oracleVersion) = (catalogue.seed.text, oracleVersion)
  }

  /// Reads `manifest.json` of a golden directory.
  package init(readingFrom directory: String) throws(GoldenError) {
    let path = "\(directory)/\(Self.fileName)"
    let bytes = try GoldenFileBytes.read(path)
    do {
      let root = JSONField(try JSON(parsing: bytes))
      guard try root.member("schema").string() == Self.schema else {
        throw GoldenError.malformed(file: path, reason: "the schema is not \(Self.schema)")
      }
      var (groups, tiers, digests) = ([String: Int](), [String: Int](), [String: String]())
      for (id, count) in try root.member("groups").members() {
        groups[id] = try count.integer(as: Int.self)
      }
      for (tier, count) in try root.member("tiers").members() {
        tiers[tier] = try count.integer(as: Int.self)
      }
      for (file, digest) in try root.member("files").members() {
        digests[file] = try digest.string()
      }
      (self.groups, self.tiers, self.digests) = (groups, tiers, digests)
      seed = try root.member("seed").string()
      oracleVersion = try root.member("oracle").string()
    } catch let error as GoldenError {
      throw error
    } catch {
      throw .malformed(file: path, reason: "\(error)")
    }
  }

  /// Canonical JSON, one line.
  var encoded: [UInt8] {
    JSON.object([
      "schema": .string(Self.schema), "seed": .string(seed), "oracle": .string(oracleVersion),
      "groups": .object(groups.mapValues { .integer(Int64($0)) }),
      "tiers": .object(tiers.mapValues { .integer(Int64($0)) }),
      "files": .object(digests.mapValues { .string($0) }),
    ]).canonicalBytes + [0x0A]
  }

  /// Where a catalogue differs from the manifest, in words; empty when it does not.
  ///
  /// Only groups of the catalogue's own operators are compared when it was loaded in part.
  package func differences(from catalogue: CaseCatalogue, isPartial: Bool) -> [String] {
    var counts: [String: Int] = [:]
    for entry in catalogue.entries { counts[entry.group.id, default: 0] += 1 }
    var differences: [String] = []
    for (id, expected) in groups.sorted(by: { $0.key < $1.key }) {
      let found = counts[id] ?? 0
      if found != expected, !isPartial || found > 0 {
        differences.append("\(id): the manifest expects \(expected) cases, the case files give \(found)")
      }
    }
    for id in counts.keys.sorted() where groups[id] == nil {
      differences.append("\(id): not in the manifest")
    }
    return differences
  }
}
