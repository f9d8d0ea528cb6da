/// Walking over values without making them.
extension JSONParser {
  /// Where the members of the object at the position lie; steps behind it.
  mutating func members() throws(JSONError) -> [JSONMembers.Member] {
    var members: [JSONMembers.Member] = []
    skipSpace()
    guard take(UInt8(ascii: "{")) else { throw unexpected("'{'") }
    skipSpace()
    if take(UInt8(ascii: "}")) { return members }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
      let name = try skipString(escapes: false)
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw unexpected("':'") }
      skipSpace()
      let start = position
      try skipValue()
      members.append(JSONMembers.Member(name: name, value: start..<position))
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "}")) else { throw unexpected("',' or '}'") }
      return members
    }
  }

  /// Steps over a string whose opening quote is the current byte; what lies between the quotes.
  private mutating func skipString(escapes: Bool = true) throws(JSONError) -> Range<Int> {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return start..<(position - 1)
      case UInt8(ascii: "\\"):
        guard escapes else { throw error(.invalidEscape) }
        position += 2
      case 0..<0x20: throw error(.controlCharacter)
      default: position += 1
      }
    }
    position = bytes.count
    throw error(.unexpectedEnd)
  }

  /// Steps over one value: brackets in balance, strings closed; nothing else of it is checked.
  private mutating func skipValue() throws(JSONError) {
    var open = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        _ = try skipString()
        if open == 0 { return }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): open += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if open == 0 { return }
        open -= 1
        if open == 0 {
          position += 1
          return
        }
      case UInt8(ascii: ",") where open == 0: return
      default: break
      }
      position += 1
    }
    guard open == 0 else { throw error(.unexpectedEnd) }
  }
}
