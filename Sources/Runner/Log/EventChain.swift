import CanonicalJSON
import Cases

/// Ties every line of a log to all lines before it.
///
/// The first link is SHA-256("assay.chain.v1" 00 planDigest 00 shard), each further one the SHA-256
/// of the previous line without its line feed (certification §5).
struct EventChain {
  static let schema = "assay.event.v1"
  private(set) var head: String
  private(set) var sequence: Int64 = 0

  init(planDigest: String, shard: String) {
    head = SHA256.hexadecimal(
      SHA256.digest(of: Array("assay.chain.v1\0\(planDigest)\0\(shard)".utf8)))
  }

  /// The line of an event, without its line feed.
  mutating func line(of event: EncodedEvent) -> [UInt8] {
    let bytes = event.line(previous: head, sequence: sequence)
    advance(over: bytes)
    return bytes
  }

  /// Moves on over a line that is already in the log.
  mutating func advance(over line: [UInt8]) {
    head = SHA256.hexadecimal(SHA256.digest(of: line))
    sequence += 1
  }
}
