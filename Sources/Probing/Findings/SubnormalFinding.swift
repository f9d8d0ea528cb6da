/// What becomes of values below the smallest normal one.
package struct SubnormalFinding: Hashable, Sendable {
  /// What was seen of one rung.
  package struct Sample: Hashable, Sendable {
    package var expected: Double
    package var observed: Double

    package init(expected: Double, observed: Double) {
      self.expected = expected
      self.observed = observed
    }
  }

  /// The fate of a ladder.
  package enum Fate: Hashable, Sendable { case kept, flushed, mixed }

  /// Normal factors with a subnormal product; nil: not asked.
  package let results: Fate?
  /// Subnormal factors with a normal product; nil: not asked.
  package let inputs: Fate?

  package init(results: [Sample], inputs: [Sample]) {
    self.results = Self.fate(results)
    self.inputs = Self.fate(inputs)
  }

  private static func fate(_ samples: [Sample]) -> Fate? {
    guard !samples.isEmpty else { return nil }
    if samples.allSatisfy({ $0.observed == $0.expected }) { return .kept }
    return samples.allSatisfy { $0.observed == 0 } ? .flushed : .mixed
  }
}

/// What becomes of results beyond the largest finite value.
package enum OverflowFinding: Hashable, Sendable {
  case infinite, saturated
  /// Neither, or the largest value is not reached.
  case mixed

  /// `below`: results that must still be the largest finite value; `beyond`: those that must not be
  /// finite. Nil without any of the latter.
  package init?(below: [Double], beyond: [Double], greatest: Double) {
    guard !beyond.isEmpty else { return nil }
    let isReached = below.allSatisfy { $0.magnitude == greatest }
    if isReached, beyond.allSatisfy({ $0.magnitude == .infinity }) {
      self = .infinite
    } else if isReached, beyond.allSatisfy({ $0.magnitude == greatest }) {
      self = .saturated
    } else {
      self = .mixed
    }
  }
}
