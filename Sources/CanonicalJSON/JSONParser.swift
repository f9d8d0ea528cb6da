/// A recursive-descent parser over bytes; every read is guarded by the end of the buffer.
struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  var depth = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSON {
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw error(.trailingBytes) }
    return value
  }

  func error(_ reason: JSONError.Reason, at offset: Int? = nil) -> JSONError {
    let offset = offset ?? position
    var line = 1
    for byte in bytes.prefix(offset) where byte == UInt8(ascii: "\n") { line += 1 }
    return JSONError(reason: reason, offset: offset, line: line)
  }

  /// The error of a byte, or of the end, where something else is wanted.
  func unexpected(_ wanted: String) -> JSONError {
    guard position < bytes.count else { return error(.unexpectedEnd) }
    return error(.unexpectedByte(bytes[position], wanted: wanted))
  }

  /// The byte at the position, nil at the end.
  @inline(__always)
  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  @inline(__always)
  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  /// Steps over the byte if it is the current one.
  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(JSONError) -> JSON {
    skipSpace()
    switch current {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: return try number()
    }
  }

  private mutating func literal(_ text: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    let length = text.utf8CodeUnitCount
    for offset in 0..<length {
      guard take(text.utf8Start[offset]) else { throw unexpected("\(text)") }
    }
    return value
  }

  private mutating func descend() throws(JSONError) {
    guard depth < JSON.depthLimit else { throw error(.tooDeep(limit: JSON.depthLimit)) }
    depth += 1
    position += 1
    skipSpace()
  }

  private mutating func array() throws(JSONError) -> JSON {
    try descend()
    defer { depth -= 1 }
    var elements: [JSON] = []
    if take(UInt8(ascii: "]")) { return .array(elements) }
    while true {
      elements.append(try value())
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "]")) else { throw unexpected("',' or ']'") }
      return .array(elements)
    }
  }

  private mutating func object() throws(JSONError) -> JSON {
    try descend()
    defer { depth -= 1 }
    var members: [JSONObject.Member] = []
    var keys = UniqueKeys()
    if take(UInt8(ascii: "}")) { return .object(JSONObject()) }
    while true {
      skipSpace()
      let start = position
      guard current == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
      let key = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw unexpected("':'") }
      let value = try value()
      guard keys.insert(key, after: members) else { throw error(.duplicateKey(key), at: start) }
      members.append(JSONObject.Member(key: key, value: value))
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "}")) else { throw unexpected("',' or '}'") }
      return .object(JSONObject(unique: members))
    }
  }
}

/// Tells keys that an object has twice. As long as they ascend in ASCII, as in canonical documents,
/// the last one decides; equality is that of Swift, for which several texts outside of it are one.
private struct UniqueKeys {
  /// All keys, once one of them did not ascend.
  private var set: Set<String>?

  /// False for a key that is one of the members' already.
  mutating func insert(_ key: String, after members: [JSONObject.Member]) -> Bool {
    if set != nil { return set?.insert(key).inserted == true }
    let isLater = members.last.map { JSONObject.precedes($0.key, key) } ?? true
    if isLater, key.utf8.allSatisfy({ $0 < 0x80 }) { return true }
    set = Set(members.map(\.key))
    return set?.insert(key).inserted == true
  }
}
