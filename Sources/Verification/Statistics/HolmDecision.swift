/// Holm's step-down test of several hypotheses at one overall error probability
/// (S. Holm, Scand. J. Statist. 6, 1979).
struct HolmDecision {
  struct Test: Hashable, Sendable {
    let name: String
    let probability: Double
  }

  /// Overall probability of rejecting a correct generator (numerics §6.9).
  static let level = 1e-6

  /// The tests that reject, most significant first.
  static func rejected(_ tests: [Test], level: Double = level) -> [Test] {
    let sorted = tests.sorted { ($0.probability, $0.name) < ($1.probability, $1.name) }
    var rejected: [Test] = []
    for (index, test) in sorted.enumerated() {
      guard test.probability <= level / Double(sorted.count - index) else { break }
      rejected.append(test)
    }
    return rejected
  }
}
