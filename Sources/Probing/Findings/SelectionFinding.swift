/// What a selection (Max, Min, ReduceMax, MaxPool) does with NaN, by the position of the NaN.
package enum NaNFinding: Hashable, Sendable {
  case propagated, ignored
  /// It survives at these positions only.
  case positional([Int], of: Int)

  /// One entry for each position; nil without any.
  package init?(survives: [Bool]) {
    guard !survives.isEmpty else { return nil }
    let places = survives.indices.filter { survives[$0] }
    if places.count == survives.count {
      self = .propagated
    } else {
      self = places.isEmpty ? .ignored : .positional(places, of: survives.count)
    }
  }
}

/// What becomes of integer sums and products beyond the range of their type.
package enum IntegerOverflowFinding: Hashable, Sendable {
  case wraps, saturates
  /// Neither; the text of the first result that shows it.
  case other(String)

  /// One exact result, and what came back.
  package struct Sample: Hashable, Sendable {
    package var exact: Int128
    package var observed: Int128

    package init(exact: Int128, observed: Int128) {
      self.exact = exact
      self.observed = observed
    }
  }

  /// Reads results of a signed type of so many bits; nil without any.
  package init?(_ samples: [Sample], bits: Int) {
    guard !samples.isEmpty, bits > 1, bits <= 64 else { return nil }
    let half = Int128(1) << Int128(bits - 1)
    func wrapped(_ value: Int128) -> Int128 { ((value + half) & (2 * half - 1)) - half }
    func saturated(_ value: Int128) -> Int128 { min(max(value, -half), half - 1) }
    if samples.allSatisfy({ $0.observed == wrapped($0.exact) }) {
      self = .wraps
    } else if samples.allSatisfy({ $0.observed == saturated($0.exact) }) {
      self = .saturates
    } else {
      let first = samples.first {
        $0.observed != wrapped($0.exact) && $0.observed != saturated($0.exact)
      }
      self = .other(first.map { "\($0.exact) became \($0.observed)" } ?? "now this, now that")
    }
  }
}
