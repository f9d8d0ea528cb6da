package import Spec

/// Pools the normalised errors of the small cases of one case group, which are too few elements
/// each to have a distribution of their own (numerics §6.4 b).
///
/// Made from records alone: the sums of z are part of every record. All cases of a pool must have
/// been judged in the same mode.
package struct GroupPool: Hashable, Sendable {
  /// Fewer pooled elements than this are not judged.
  package static let minimumElements = 200

  private let mode: NumericMode
  private let accuracyClass: AccuracyClass
  package private(set) var elements = 0
  private var sum = 0.0
  private var squareSum = 0.0
  private var maximum = 0.0

  /// An empty pool; composites and models have no rule for the mean (numerics §6.6).
  package init(mode: NumericMode, accuracyClass: AccuracyClass) {
    self.mode = mode
    self.accuracyClass = accuracyClass
  }

  /// Adds the sums of one output; outputs large enough to be judged alone are left out.
  package mutating func add(_ metrics: OutputMetrics) {
    guard metrics.zCount > 0, metrics.zCount < DistributionRule.ownMinimum else { return }
    elements += metrics.zCount
    sum += metrics.zSum
    squareSum += metrics.zSquareSum
    maximum = max(maximum, metrics.zMaximum)
  }

  /// The rule the pool breaks, in words; nil when it breaks none or is too small to judge.
  package var failure: String? {
    guard elements >= Self.minimumElements else { return nil }
    return DistributionRule(mode: mode, accuracyClass: accuracyClass).failure(
      count: elements, sum: sum, squareSum: squareSum, maximum: maximum)
  }
}
