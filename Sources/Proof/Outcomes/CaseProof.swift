package import Cases

/// Everything that was proven about one case with one set of inputs.
package struct CaseProof: Hashable, Sendable {
  package let caseID: String
  /// The seed of fresh inputs; nil for the stored ones.
  package let seed: String?
  package let key: ProofKey
  package var subject = Subject.proven
  /// Faults that give the plain results bit for bit.
  package var equivalent: [String] = []
  /// Faults that fail, by the code of their verdict.
  package var killed: [String: [String]] = [:]
  /// Faults that differ only where the case declares it legal.
  package var open: [String: OpenReason] = [:]
  package var survived: [String: Passage] = [:]
  /// Variants that declined without saying that they have nothing to change.
  package var refused: [String: String] = [:]
  /// The killed fault that was the least beyond the bound, where there is a bound.
  package var smallestEffect: Effect?
  /// How the plain results passed.
  package var plain = Passage()
  package var witnesses: [String: Passage] = [:]
  /// Witnesses that failed, with the verdict in words.
  package var falseAlarms: [String: String] = [:]
  /// Witnesses in whose mode the case has no verdict.
  package var undecided: [String] = []
  /// Whether it was asked what other suites would say.
  package var hasSchemes = false
  /// What other suites would say, by scheme.
  package var schemes: [String: SchemeOutcomes] = [:]
  package var dataFindings: [Triviality: String] = [:]

  package init(caseID: String, seed: String? = nil, key: ProofKey) {
    (self.caseID, self.seed, self.key) = (caseID, seed, key)
  }

  /// Whether faults and witnesses could be tried.
  package enum Subject: Hashable, Sendable {
    case proven
    /// Nothing to spoil: the reason in words.
    case exempt(String)
    /// The bundled backend does not compute the case.
    case declined(String)
    /// The bundled backend fails: its verdict in words.
    case broken(String)
  }

  /// How close results that pass came to their bound.
  package struct Passage: Hashable, Sendable {
    /// The largest |e|/bound of all elements.
    package var ratio = 0.0
    package var pooled: [PooledErrors] = []

    package init() {}
  }

  /// How far beyond the bound a fault was.
  package struct Effect: Hashable, Sendable {
    package let fault: String
    package let ratio: Double
  }

  /// How many faults change the results in a way that counts.
  package var changed: Int { killed.values.reduce(survived.count) { $0 + $1.count } }
}
