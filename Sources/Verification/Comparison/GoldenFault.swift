/// A golden that cannot be judged against: ours, so the verdict is inconclusive, never a failure.
struct GoldenFault: Error, Hashable, Sendable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// Checks that a column has one entry per element.
  static func check(_ name: String, _ actual: Int, _ wanted: Int) throws(GoldenFault) {
    guard actual == wanted else {
      throw GoldenFault("column \(name) has \(actual) entries for \(wanted) elements")
    }
  }

  /// Checks a column that may be left out or, where `orOne`, be stored once.
  static func check(
    _ name: String, _ actual: Int, _ wanted: Int, orOne: Bool = false, orEmpty: Bool = false
  ) throws(GoldenFault) {
    if orOne, actual == 1 { return }
    if orEmpty, actual == 0 { return }
    try check(name, actual, wanted)
  }
}
