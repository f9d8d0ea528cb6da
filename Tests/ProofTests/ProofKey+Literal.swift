@testable import Proof

/// The same key for both halves.
extension ProofKey: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self.init(faults: text, witnesses: text) }
}
