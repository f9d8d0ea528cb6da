import Cases
import Spec

/// The files of this package that tests read.
enum Repository {
  static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  static let cases = root + "/conformance-cases"

  static func standard() throws -> Standard { try Standard.load(from: cases + "/standard") }
}
