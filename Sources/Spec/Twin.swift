/// How the data of a case were designed (numerics §5).
package enum Twin: String, CaseIterable, Hashable, Sendable {
  /// Every partial sum is exact in any order: judged bit for bit.
  case exact
  /// Seeded values, judged by bounds and distribution.
  case random
  /// Values chosen to be hard; bounds hold, distribution rules do not apply.
  case adversarial
}
