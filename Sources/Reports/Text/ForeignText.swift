/// Makes text from a backend harmless: printable on a terminal, legal in XML 1.0 and HTML.
///
/// Rules: invalid UTF-8 becomes U+FFFD; terminal control sequences disappear; TAB, LF and CR stay;
/// every other control, bidirectional override and noncharacter becomes a visible escape, so that
/// nothing is lost and nothing acts.
package enum ForeignText {
  /// Text of raw bytes; invalid sequences become U+FFFD.
  package static func decoded(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// The text without anything that acts on a terminal or is illegal in XML 1.0.
  package static func cleaned(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    let scalars = Array(text.unicodeScalars)
    var result = ""
    result.reserveCapacity(text.utf8.count)
    var position = 0
    while position < scalars.count {
      if let end = TerminalSequence.end(in: scalars, at: position) {
        position = end
        continue
      }
      append(scalars[position], to: &result)
      position += 1
    }
    return result
  }

  /// One line: every run of white space is one space.
  package static func oneLine(_ text: String) -> String {
    cleaned(text).unicodeScalars
      .split { $0.properties.isWhitespace }
      .map { String($0) }
      .joined(separator: " ")
  }

  /// The cleaned lines, broken at LF, CR and CR LF, without trailing empty ones.
  package static func lines(_ text: String) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in cleaned(text).unicodeScalars {
      if scalar == "\n", previous == "\r" {
        previous = scalar
        continue
      }
      if scalar == "\n" || scalar == "\r" {
        lines.append(String(line))
        line = .init()
      } else {
        line.append(scalar)
      }
      previous = scalar
    }
    lines.append(String(line))
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// At most `limit` bytes of UTF-8, cut at a scalar boundary and ending in `… n bytes more`.
  package static func truncated(_ text: String, bytes limit: Int) -> String {
    let size = text.utf8.count
    guard size > limit else { return text }
    // The longest notice there can be; the real one is never longer.
    let room = max(0, limit - notice(size).utf8.count)
    var kept = String.UnicodeScalarView()
    var used = 0
    for scalar in text.unicodeScalars {
      let width = UTF8.width(scalar)
      guard used + width <= room else { break }
      kept.append(scalar)
      used += width
    }
    return String(kept) + notice(size - used)
  }

  private static func notice(_ bytes: Int) -> String { "… \(bytes) bytes more" }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String) {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: result.unicodeScalars.append(scalar)
    case 0x00...0x1F, 0x7F...0x9F: result += escape("\\x", scalar.value, digits: 2)
    // Bidirectional controls can make a line read differently from what it is.
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF:
      result += escape("\\u", scalar.value, digits: 4)
    default: result.unicodeScalars.append(scalar)
    }
  }

  private static func escape(_ prefix: String, _ value: UInt32, digits: Int) -> String {
    let hex = String(value, radix: 16, uppercase: true)
    return prefix + String(repeating: "0", count: max(0, digits - hex.count)) + hex
  }
}

extension UTF8 {
  /// Bytes a scalar takes in UTF-8.
  fileprivate static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case ..<0x80: 1
    case ..<0x800: 2
    case ..<0x1_0000: 3
    default: 4
    }
  }
}
