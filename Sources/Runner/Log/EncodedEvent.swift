import CanonicalJSON

/// An event as far as its line does not depend on the lines before it: what a thread encodes before
/// it waits for its turn at the log.
package struct EncodedEvent: Sendable {
  /// The members that stand before `prev`, between it and `seq`, and behind both.
  private let parts: [[UInt8]]

  package init(_ event: Event) {
    var members = event.members
    members["schema"] = .string(EventChain.schema)
    members["kind"] = .string(event.kind)
    parts = [
      Self.encoded(members.filter { JSONObject.precedes($0, Self.previousKey) }),
      Self.encoded(
        members.filter {
          JSONObject.precedes(Self.previousKey, $0) && JSONObject.precedes($0, Self.sequenceKey)
        }),
      Self.encoded(members.filter { JSONObject.precedes(Self.sequenceKey, $0) }),
    ]
  }

  private static let previousKey = "prev"
  private static let sequenceKey = "seq"

  /// The members without the braces around them.
  private static func encoded(_ members: JSONObject) -> [UInt8] {
    Array(JSON.object(members).canonicalBytes.dropFirst().dropLast())
  }

  /// The canonical line of the event at its place in the log, without a line feed.
  func line(previous: String, sequence: Int64) -> [UInt8] {
    let links = [
      Self.encoded([Self.previousKey: .string(previous)]),
      Self.encoded([Self.sequenceKey: .integer(sequence)]),
    ]
    var line = [UInt8(ascii: "{")]
    line.reserveCapacity(parts.reduce(0) { $0 + $1.count } + 128)
    for members in [parts[0], links[0], parts[1], links[1], parts[2]] where !members.isEmpty {
      if line.count > 1 { line.append(UInt8(ascii: ",")) }
      line += members
    }
    line.append(UInt8(ascii: "}"))
    return line
  }
}
