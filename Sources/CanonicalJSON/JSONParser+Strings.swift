extension JSONParser {
  /// Reads a string whose opening quote is the current byte.
  mutating func string() throws(JSONError) -> String {
    position += 1
    let start = position
    var bits: UInt8 = 0
    while position < bytes.count {
      let byte = bytes[position]
      bits |= byte
      if byte == UInt8(ascii: "\"") {
        let text = try decoded(start..<position, isASCII: bits < 0x80)
        position += 1
        return text
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      guard byte >= 0x20 else { throw error(.controlCharacter) }
      position += 1
    }
    throw error(.unexpectedEnd)
  }

  private func decoded(_ range: Range<Int>, isASCII: Bool) throws(JSONError) -> String {
    let slice = UnsafeBufferPointer(rebasing: bytes[range])
    // The validating initialiser is generic and slow; ASCII has nothing to validate.
    if isASCII { return String(decoding: slice, as: UTF8.self) }
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw error(.invalidUTF8, at: range.lowerBound)
    }
    return text
  }

  /// The slow path: a string with at least one escape.
  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var content = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        guard let text = String(validating: content, as: UTF8.self) else {
          throw error(.invalidUTF8, at: start)
        }
        position += 1
        return text
      }
      if byte == UInt8(ascii: "\\") {
        position += 1
        let scalar = try escape()
        // Nearly all are quotes and backslashes of texts inside texts.
        if scalar.isASCII {
          content.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
          content.append(contentsOf: Array(String(scalar).utf8))
        }
        continue
      }
      guard byte >= 0x20 else { throw error(.controlCharacter) }
      content.append(byte)
      position += 1
    }
    throw error(.unexpectedEnd)
  }

  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    guard let byte = current else { throw error(.unexpectedEnd) }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw error(.invalidEscape, at: position - 1)
    }
  }

  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let start = position
    let first = try fourHexDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    // A code that is no scalar is a surrogate; only a high one followed by a low one has a meaning.
    guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      throw error(.loneSurrogate, at: start)
    }
    let second = try fourHexDigits()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw error(.loneSurrogate, at: start) }
    return scalar
  }

  private mutating func fourHexDigits() throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = HexFloat.hexDigit(byte) else {
        throw unexpected("four hexadecimal digits")
      }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }
}
