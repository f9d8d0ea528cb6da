import Cases
import Spec

/// The files of this package that tests read.
enum Repository {
  static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  static let cases = root + "/conformance-cases"

  /// Loaded once: every test of this target needs it.
  static func standard() throws -> Standard { try loaded.get() }
  private static let loaded = Result { try Standard.load(from: cases + "/standard") }
}
