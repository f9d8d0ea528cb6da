extension JSONParser {
  /// Reads a number; anything else at this place is an error, for no other value starts here.
  mutating func number() throws(JSONError) -> JSON {
    let start = position
    let isNegative = take(UInt8(ascii: "-"))
    guard let magnitude = try integerPart(start, isNegative) else { return try real(from: start) }
    return .integer(magnitude)
  }

  /// The value of an integer literal; nil, with the position behind the digits, for a real.
  private mutating func integerPart(_ start: Int, _ isNegative: Bool) throws(JSONError) -> Int64? {
    let first = position
    // Accumulating on the negative side reaches Int64.min without overflow.
    var value: Int64 = 0
    var fits = true
    while let digit = digit() {
      let (product, productOverflow) = value.multipliedReportingOverflow(by: 10)
      let (difference, overflow) = product.subtractingReportingOverflow(digit)
      fits = fits && !productOverflow && !overflow
      value = difference
    }
    guard position > first else { throw unexpected("a value") }
    guard position == first + 1 || bytes[first] != UInt8(ascii: "0") else {
      throw error(
        .unexpectedByte(bytes[first], wanted: "a number without leading zeros"), at: first)
    }
    switch current {
    case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): return nil
    default: break
    }
    guard fits, isNegative || value != .min else { throw error(.numberOutOfRange, at: start) }
    return isNegative ? value : -value
  }

  /// Steps over a decimal digit and gives its value.
  @inline(__always)
  private mutating func digit() -> Int64? {
    guard position < bytes.count else { return nil }
    let value = bytes[position] &- UInt8(ascii: "0")
    guard value < 10 else { return nil }
    position += 1
    return Int64(value)
  }

  private mutating func real(from start: Int) throws(JSONError) -> JSON {
    if take(UInt8(ascii: ".")) {
      guard digit() != nil else { throw unexpected("a digit behind the point") }
      while digit() != nil {}
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard digit() != nil else { throw unexpected("a digit of the exponent") }
      while digit() != nil {}
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw error(.numberOutOfRange, at: start)
    }
    return .real(value)
  }
}
