/// What all random input data of a run derive from.
package struct SuiteSeed: Hashable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  /// The public seed of the suite, for development and for goldens that are stored.
  package static let published = SuiteSeed("assay-2026.1")

  /// The key of the random stream of one input.
  ///
  /// The first sixteen bytes, big-endian, of SHA-256 over `assay.seed.v1`, the seed, the case id
  /// without its form and the label, each followed by a zero byte.
  package func key(caseID: CaseID, label: String) -> (UInt64, UInt64) {
    Self.key("assay.seed.v1\0\(text)\0\(caseID.withoutForm)\0\(label)\0")
  }

  /// The key of the random stream of a model's weight: the same in every graph, type and case.
  ///
  /// As for an input, over `assay.weight.v1`, the seed, the model and the weight.
  package func key(model: String, weight: String) -> (UInt64, UInt64) {
    Self.key("assay.weight.v1\0\(text)\0\(model)\0\(weight)\0")
  }

  private static func key(_ text: String) -> (UInt64, UInt64) {
    let digest = SHA256.digest(of: Array(text.utf8))
    func word(_ start: Int) -> UInt64 {
      digest[start..<(start + 8)].reduce(0) { $0 << 8 | UInt64($1) }
    }
    return (word(0), word(8))
  }
}
