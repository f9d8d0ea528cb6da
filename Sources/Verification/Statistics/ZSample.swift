/// Normalised errors z = e/σ of the elements of one tensor, with their sums (numerics §6.4 b).
///
/// In modes that accumulate toward zero σ is scaled so that the limits of round-to-nearest hold.
struct ZSample {
  /// One entry per element; NaN for elements that do not take part.
  private(set) var values: [Double]
  private(set) var count = 0
  private(set) var sum = 0.0
  private(set) var squareSum = 0.0
  private(set) var maximum = 0.0

  init(count: Int) { values = [Double](repeating: .nan, count: count) }

  @inline(__always)
  mutating func record(_ z: Double, at position: Int) {
    values[position] = z
    count += 1
    sum += z
    squareSum += z * z
    maximum = max(maximum, abs(z))
  }

  func record(in metrics: inout OutputMetrics) {
    (metrics.zCount, metrics.zSum) = (count, sum)
    (metrics.zSquareSum, metrics.zMaximum) = (squareSum, maximum)
  }
}
