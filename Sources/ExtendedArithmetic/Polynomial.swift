extension DoubleDouble {
  /// Σ coefficients[n] · x^n by Horner's rule.
  ///
  /// Coefficients from index `narrow` on enter through one `Double` polynomial: the caller chooses
  /// it such that they contribute less than 2^-53 of the whole.
  static func polynomial(
    _ coefficients: [DoubleDouble], count: Int, narrowFrom narrow: Int, at x: DoubleDouble
  ) -> DoubleDouble {
    var tail = 0.0
    for index in stride(from: count - 1, through: narrow, by: -1) {
      tail = coefficients[index].high.addingProduct(tail, x.high)
    }
    var sum = DoubleDouble(tail)
    for index in stride(from: min(narrow, count) - 1, through: 0, by: -1) {
      sum = sum * x + coefficients[index]
    }
    return sum
  }

  /// The coefficients with the sign of every second one changed, from the second on.
  static func alternating(_ coefficients: [DoubleDouble]) -> [DoubleDouble] {
    coefficients.enumerated().map { index, value in index.isMultiple(of: 2) ? value : -value }
  }

  /// Σ coefficients[n] · Tₙ(t) for |t| ≤ 1 by Clenshaw's recurrence.
  static func chebyshevSeries(_ coefficients: [DoubleDouble], at t: DoubleDouble) -> DoubleDouble {
    let twice = t.multiplied(by: 2)
    var (current, previous) = (DoubleDouble.zero, DoubleDouble.zero)
    for coefficient in coefficients.dropFirst().reversed() {
      (current, previous) = (twice * current - previous + coefficient, current)
    }
    return t * current - previous + coefficients[0]
  }
}
