/// One of n parts of the cases, stable when cases are added.
package struct CaseShard: Hashable, Sendable {
  /// From 1 to `count`.
  package let number: Int
  /// From 1 to 64.
  package let count: Int

  /// Nil unless 1 ≤ number ≤ count ≤ 64.
  package init?(number: Int, of count: Int) {
    guard (1...64).contains(count), (1...count).contains(number) else { return nil }
    (self.number, self.count) = (number, count)
  }

  /// Reads `hash:m/n`; nil for any other text.
  package init?(_ text: String) {
    guard text.hasPrefix("hash:") else { return nil }
    let parts = text.dropFirst(5).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else {
      return nil
    }
    self.init(number: number, of: count)
  }

  /// Whether the case belongs to this part.
  ///
  /// `1 + (BE64(SHA-256("assay.shard.v1" ‖ 00 ‖ case id)[0..8]) mod n)` is the part's number.
  package func contains(_ id: CaseID) -> Bool {
    let digest = SHA256.digest(of: Array("assay.shard.v1\0\(id)".utf8))
    let word = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(word % UInt64(count)) + 1 == number
  }
}
