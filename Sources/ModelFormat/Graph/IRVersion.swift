/// The revision of the file format that came with each operator set.
///
/// Source: the release table of the ONNX documentation ("Versioning", released versions).
package enum IRVersion {
  /// The newest revision this package knows.
  package static let newest: Int64 = 14

  /// IR revision, then the versions of `ai.onnx`, `ai.onnx.ml` and
  /// `ai.onnx.preview.training` first released with it or later, but before the next row.
  private static let releases: [(ir: Int64, standard: Int64, ml: Int64, training: Int64)] = [
    (3, 8, 1, 0), (4, 9, 1, 0), (5, 10, 1, 0), (6, 11, 2, 0), (7, 14, 2, 1), (8, 18, 3, 1),
    (9, 20, 4, 1), (10, 22, 5, 1), (11, 23, 5, 1), (12, 24, 5, 1), (13, 27, 5, 1),
    (14, 28, 5, 1),
  ]

  /// The oldest revision all of the imported operator sets were released under.
  ///
  /// Unknown domains do not count; a version newer than every release gives `newest`.
  package static func oldest(for imports: [String: Int64]) -> Int64 {
    imports.map { domain, version in oldest(domain: domain, version: version) }.max()
      ?? releases[0].ir
  }

  private static func oldest(domain: String, version: Int64) -> Int64 {
    let column: [(ir: Int64, version: Int64)]
    switch domain {
    case "": column = releases.map { ($0.ir, $0.standard) }
    case "ai.onnx.ml": column = releases.map { ($0.ir, $0.ml) }
    case "ai.onnx.preview.training": column = releases.map { ($0.ir, $0.training) }
    default: return releases[0].ir
    }
    return column.first { $0.version >= version }?.ir ?? newest
  }
}
