import CanonicalJSON
import Verification

/// The sums of normalised errors of one output that is too small to be judged alone.
package struct PooledErrors: Hashable, Sendable {
  package let count: Int
  package let sum: Double
  package let squareSum: Double
  package let maximum: Double

  /// Nil for an output that takes no part in the pool of its group.
  init?(_ metrics: OutputMetrics) {
    guard metrics.zCount > 0 else { return nil }
    (count, sum) = (metrics.zCount, metrics.zSum)
    (squareSum, maximum) = (metrics.zSquareSum, metrics.zMaximum)
  }

  init(_ json: JSONField) throws(JSONFieldError) {
    let parts = try json.elements()
    guard parts.count == 4 else { throw json.mismatch("count, sum, square sum and maximum") }
    count = try parts[0].integer(as: Int.self)
    sum = try parts[1].real()
    squareSum = try parts[2].real()
    maximum = try parts[3].real()
  }

  var json: JSON {
    .array([.integer(Int64(count)), .real(sum), .real(squareSum), .real(maximum)])
  }

  /// The same as metrics, for a pool.
  var metrics: OutputMetrics {
    var metrics = OutputMetrics(output: "", elements: count)
    (metrics.zCount, metrics.zSum) = (count, sum)
    (metrics.zSquareSum, metrics.zMaximum) = (squareSum, maximum)
    return metrics
  }
}
