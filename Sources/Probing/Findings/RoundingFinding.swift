package import NumericFormats

/// How basic arithmetic (sum, product, quotient, root) rounds.
package struct RoundingFinding: Hashable, Sendable {
  /// One result with the two values a standard rounding may give.
  package struct Sample: Hashable, Sendable {
    package var nearest: Double
    package var towardZero: Double
    package var observed: Double

    package init(nearest: Double, towardZero: Double, observed: Double) {
      self.nearest = nearest
      self.towardZero = towardZero
      self.observed = observed
    }
  }

  package enum Kind: Hashable, Sendable {
    case correct
    case towardZero
    /// So many results are one unit in the last place off, none more.
    case relaxed(Int)
    /// So many results are further off.
    case coarse(Int)
  }

  package let kind: Kind
  package let count: Int

  /// Reads results in a format; nil without any.
  package init?(_ samples: [Sample], format: FloatFormat) {
    guard !samples.isEmpty else { return nil }
    count = samples.count
    let wrong = samples.filter { $0.observed != $0.nearest }
    let far = wrong.filter { sample in
      let exponent = max(Int(sample.nearest.exponent), format.minExponent)
      let unit = powerOfTwo(exponent - format.precision + 1)
      return !((sample.observed - sample.nearest).magnitude <= unit)
    }
    if wrong.isEmpty {
      kind = .correct
    } else if samples.allSatisfy({ $0.observed == $0.towardZero }) {
      kind = .towardZero
    } else {
      kind = far.isEmpty ? .relaxed(wrong.count) : .coarse(far.count)
    }
  }
}
