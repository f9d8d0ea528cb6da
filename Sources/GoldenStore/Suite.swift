package import Cases
import Spec

/// The cases and goldens of one release, as they lie on disk.
package struct Suite: Sendable {
  /// The version of cases and goldens, printed on every report.
  package static let version = "2026.1"

  package let catalogue: CaseCatalogue
  package let manifest: Manifest
  package let goldens: GoldenStore

  /// Reads schemas, manifest and case files: all of them, or what a run of the tier and of the
  /// filter needs.
  ///
  /// A file that is not the manifest's, or gives other cases than it states, is an error: a run
  /// never silently loads fewer cases than the release has.
  package init(
    cases: String, goldens directory: String, tier: Tier? = nil, filter: CaseFilter? = nil
  ) throws {
    let standard = try Standard.load(from: cases + "/standard")
    let path = "\(directory)/\(Manifest.fileName)"
    let bytes = try GoldenFileBytes.read(path)
    let isWhole = tier == nil && filter == nil
    do throws(ManifestError) {
      manifest = try Manifest(parsing: bytes, readsGroups: isWhole)
    } catch {
      throw GoldenError.malformed(file: path, reason: error.reason)
    }
    catalogue = try CaseCatalogue(
      load: cases, standard: standard, filter: filter, tier: tier, outlines: manifest.files)
    let findings = Self.findings(manifest, catalogue, filter)
    if let first = findings.first {
      throw SuiteError(path: path, finding: first.description, count: findings.count)
    }
    goldens = GoldenStore(
      directory: directory, catalogue: catalogue, digests: manifest.goldenDigests)
  }

  /// Counts of groups first: they say more than that a file has changed.
  private static func findings(
    _ manifest: Manifest, _ catalogue: CaseCatalogue, _ filter: CaseFilter?
  ) -> [ManifestFinding] {
    let groups = manifest.findings(entries: catalogue.entries)
    guard let contents = catalogue.contents else { return groups }
    return groups
      + manifest.findings(contents: contents) { path in
        filter.map { !$0.mayMatch(path: path) } ?? false
      }
  }
}

/// Case files and manifest that do not belong together.
package struct SuiteError: Error, CustomStringConvertible {
  let path: String
  let finding: String
  let count: Int

  package var description: String {
    count == 1 ? "\(path): \(finding)" : "\(path): \(finding) (and \(count - 1) more)"
  }
}
