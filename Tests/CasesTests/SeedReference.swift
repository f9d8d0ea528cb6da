/// Digests computed by an independent program.
enum SeedReference {
  static let high: UInt64 = 0x27520a88f8d1cade
  static let low: UInt64 = 0x58c81dc46ba67824
  static let shardOfSeven = 7
}
