import CanonicalJSON

/// What a release of the suite covers: a later one that covers less of it is an error.
package struct CoverageRecord: Hashable, Sendable {
  /// Names by kind; types of all versions are left out, their number grows with each version.
  package let names: [CoverageKind: Set<CoverageName>]

  static let schema = "assay.coverage.v1"
  /// The name of the file inside `golden-outputs`.
  package static let fileName = "coverage.json"

  private static let kinds = CoverageKind.allCases.filter { $0 != .slotsInForce }

  package init(_ coverage: Coverage) {
    let kept = coverage.rows.filter { Self.kinds.contains($0.kind) }
    names = Dictionary(uniqueKeysWithValues: kept.map { ($0.kind, Set($0.covered)) })
  }

  /// Reads a record.
  /// - Throws: `JSONError` or `JSONFieldError` when it is none of this version.
  package init(parsing bytes: [UInt8]) throws {
    let document = JSONField(try JSON(parsing: bytes))
    let schema = try document.member("schema")
    guard try schema.string() == Self.schema else { throw schema.mismatch("\"\(Self.schema)\"") }
    let covered = try document.member("covered")
    var names: [CoverageKind: Set<CoverageName>] = [:]
    for kind in Self.kinds {
      names[kind] = []
      // Details are grouped by operator version: "Add-14": ["T=f32", …].
      for (version, field) in try covered.member(kind.rawValue).members() {
        let details: [String?] = try field.elements().map { try $0.string() }
        names[kind]?.formUnion(
          (details.isEmpty ? [nil] : details).map { CoverageName(version: version, detail: $0) })
      }
    }
    self.names = names
  }

  /// What this record has and the coverage lacks, as `kind: name`, sorted.
  package func lost(in coverage: Coverage) -> [String] {
    let now = CoverageRecord(coverage)
    return Self.kinds.flatMap { kind in
      (names[kind] ?? []).subtracting(now.names[kind] ?? []).map(\.text).sorted().map {
        "\(kind.rawValue): \($0)"
      }
    }
  }

  /// JSON with sorted keys, one operator version a line, so that changes read well.
  package var bytes: [UInt8] {
    let blocks = Self.kinds.sorted { $0.rawValue < $1.rawValue }.map { kind in
      let versions = Dictionary(grouping: names[kind] ?? [], by: \.version)
      let lines = versions.sorted { $0.key < $1.key }.map { version, names in
        let list = JSON.array(names.compactMap(\.detail).sorted().map { .string($0) })
        return "      \(JSON.string(version).canonicalText): \(list.canonicalText)"
      }
      let body = lines.isEmpty ? "{}" : "{\n\(lines.joined(separator: ",\n"))\n    }"
      return "    \(JSON.string(kind.rawValue).canonicalText): \(body)"
    }
    let text = """
      {
        "covered": {
      \(blocks.joined(separator: ",\n"))
        },
        "schema": \(JSON.string(Self.schema).canonicalText)
      }

      """
    return Array(text.utf8)
  }
}
