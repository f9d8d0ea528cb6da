package import Spec

/// The precision an operator adds products in.
///
/// Decoded from sums of 2^k, −2^k and ones: with p bits, ones are absorbed from k = p on.
package struct AccumulatorFinding: Hashable, Sendable {
  /// One such sum.
  package struct Sample: Hashable, Sendable {
    package var exponent: Int
    /// The exact sum, the number of ones.
    package var expected: Double
    package var observed: Double

    package init(exponent: Int, expected: Double, observed: Double) {
      self.exponent = exponent
      self.expected = expected
      self.observed = observed
    }
  }

  /// Bits of the narrowest level; at least that many when no loss was seen.
  package let bits: Int
  /// No sum lost anything.
  package let isLowerBound: Bool

  /// Reads sums of growing exponents; nil when none of them is finite.
  package init?(_ samples: [Sample]) {
    // Beyond the range of the type the sum is NaN, which says nothing about its precision.
    let finite = samples.filter { $0.observed.isFinite }
    guard let widest = finite.map(\.exponent).max() else { return nil }
    let loss = finite.filter { $0.observed != $0.expected }.map(\.exponent).min()
    bits = loss ?? widest + 1
    isLowerBound = loss == nil
  }
}

/// How an accumulator rounds.
///
/// Decoded from sums of 2^p, 3 and −2^p, p the precision of the accumulator: the first addition is a
/// tie, and the sum is 4 when it goes to even, 2 when it goes toward zero. Orders in which it does
/// not come first give 3.
package enum AccumulateRounding {
  /// Reads sums for the accumulator's own precision; nil when none of them decides.
  package static func decode(_ sums: [Double]) -> NumericMode.Rounding? {
    if sums.contains(2) { return .towardZero }
    return sums.contains(4) ? .nearestEven : nil
  }
}
