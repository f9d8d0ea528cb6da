/// What a pass over the elements of one tensor counted.
struct ElementTally {
  /// Positions of elements of the wrong class: NaN, infinity, sign of zero.
  var wrongClass: [Int] = []
  /// Positions of elements of the right class with a wrong value.
  var wrongValue: [Int] = []
  /// Whether an element that had to match exactly did not.
  var missedExact = false
  var worstRatio = 0.0
  var worstPosition = 0
  var flushes = FlushTally()
  private var ulpSum = 0.0
  private var ulpMaximum = 0.0
  private var ulpCount = 0

  /// The position the failure card shows first: a wrong class is worse than any wrong value.
  var shownPosition: Int { wrongClass.first ?? worstPosition }

  var wrong: Int { wrongClass.count + wrongValue.count }

  /// Every wrong position in ascending order.
  var wrongPositions: [Int] {
    wrongClass.isEmpty ? wrongValue : (wrongClass + wrongValue).sorted()
  }

  @inline(__always)
  mutating func record(ratio: Double, at position: Int) {
    // A right element never takes the place of a wrong one, even where its ratio is the larger:
    // class R decides by the rounded golden, not by ratios.
    // `>` leaves the first of equal ratios, and ignores NaN.
    if ratio > worstRatio, wrongValue.isEmpty { (worstRatio, worstPosition) = (ratio, position) }
  }

  @inline(__always)
  mutating func record(ulps: Double) {
    ulpSum += ulps
    ulpMaximum = max(ulpMaximum, ulps)
    ulpCount += 1
  }

  mutating func recordWrongValue(at position: Int, ratio: Double) {
    wrongValue.append(position)
    if wrongValue.count == 1 || ratio > worstRatio {
      worstPosition = position
      worstRatio = ratio
    }
  }

  func metrics(output: String, elements: Int) -> OutputMetrics {
    var metrics = OutputMetrics(output: output, elements: elements)
    metrics.wrong = wrong
    metrics.worstRatio = wrongClass.isEmpty ? worstRatio : .infinity
    metrics.maximumUlp = ulpMaximum
    metrics.meanUlp = ulpCount > 0 ? ulpSum / Double(ulpCount) : 0
    return metrics
  }
}
