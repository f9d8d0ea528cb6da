package import Cases
import Spec

/// The cases and goldens of one release, as they lie on disk.
package struct Suite: Sendable {
  /// The version of cases and goldens, printed on every report.
  package static let version = "2026.1"

  package let catalogue: CaseCatalogue
  package let manifest: Manifest
  package let goldens: GoldenStore

  /// Reads schemas, case files and manifest.
  ///
  /// A catalogue that differs from the manifest is an error: a run never silently loads fewer cases
  /// than the release has.
  package init(cases: String, goldens directory: String) throws {
    let standard = try Standard.load(from: cases + "/standard")
    let all = try CaseCatalogue(load: cases, standard: standard)
    let path = "\(directory)/\(Manifest.fileName)"
    let bytes = try GoldenFileBytes.read(path)
    do throws(ManifestError) { manifest = try Manifest(parsing: bytes) } catch {
      throw GoldenError.malformed(file: path, reason: error.reason)
    }
    let findings = manifest.findings(entries: all.entries)
    if let first = findings.first {
      throw SuiteError(path: path, finding: first.description, count: findings.count)
    }
    catalogue = all
    goldens = GoldenStore(
      directory: directory, catalogue: all, digests: manifest.goldenDigests)
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
