/// How precisely a backend has to compute inside of a graph so that the golden of an output holds
/// there (numerics §6.10, M6): the fewest bits of each kind, 0 where any number will do.
///
/// An output behind a quantiser is judged against the code of the exact value, and one behind exact
/// sums against exact sums. A mode that declares fewer bits may decide these otherwise.
package struct RequiredPrecision: Hashable, Sendable {
  /// Of the factors of products.
  package var factors: Int
  /// Of every level of an accumulator that rounds to nearest.
  package var accumulator: Int
  /// Of every level of one that rounds toward zero.
  package var truncating: Int
  /// Of elementwise steps and stored intermediates.
  package var compute: Int
  /// Whether infinite and subnormal values inside have to stay what they are: a mode that saturates
  /// or flushes goes on from other values.
  package var keepsRange: Bool

  package init(
    factors: Int = 0, accumulator: Int = 0, truncating: Int = 0, compute: Int = 0,
    keepsRange: Bool = false
  ) {
    self.keepsRange = keepsRange
    (self.factors, self.accumulator) = (factors, accumulator)
    (self.truncating, self.compute) = (truncating, compute)
  }

  /// Any mode will do.
  package static let none = RequiredPrecision()

  /// What both demand.
  package func merged(with other: RequiredPrecision) -> RequiredPrecision {
    RequiredPrecision(
      factors: max(factors, other.factors), accumulator: max(accumulator, other.accumulator),
      truncating: max(truncating, other.truncating), compute: max(compute, other.compute),
      keepsRange: keepsRange || other.keepsRange)
  }
}
