/// Walks over ONNX's textual syntax; blanks and `#` comments separate tokens.
struct TextScanner {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  /// An error at the current position.
  func failure(_ reason: String) -> ModelError { failure(reason, at: position) }

  /// An error at an earlier position.
  func failure(_ reason: String, at offset: Int) -> ModelError {
    let before = bytes[..<min(max(offset, 0), bytes.count)]
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // Continuation bytes are not characters of their own.
    let column = before[lineStart...].count { $0 & 0xC0 != 0x80 }
    let line = before.count { $0 == UInt8(ascii: "\n") }
    return .text(line: line + 1, column: column + 1, reason: reason)
  }

  /// The next byte that is neither blank nor comment; nil at the end.
  mutating func peek() -> UInt8? {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), 0x09...0x0D: position += 1
      case UInt8(ascii: "#"):
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      default: return bytes[position]
      }
    }
    return nil
  }

  mutating func isNext(_ token: Unicode.Scalar) -> Bool { peek() == UInt8(ascii: token) }

  /// Steps over a punctuation mark if it comes next.
  mutating func accept(_ token: Unicode.Scalar) -> Bool {
    guard isNext(token) else { return false }
    position += 1
    return true
  }

  mutating func expect(_ token: Unicode.Scalar, _ purpose: String) throws(ModelError) {
    guard accept(token) else { throw failure("expected '\(token)' \(purpose), found \(found())") }
  }

  /// Steps over `=>`.
  mutating func expectArrow() throws(ModelError) {
    guard isNext("="), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: ">") else {
      throw failure("expected \"=>\" between inputs and outputs, found \(found())")
    }
    position += 2
  }

  /// What comes next, for an error.
  mutating func found() -> String {
    guard let byte = peek() else { return "the end of the text" }
    var ahead = self
    if let word = ahead.word() { return "\"\(word)\"" }
    return byte < 0x80 ? "'\(Unicode.Scalar(byte))'" : "a character outside ASCII"
  }

  /// An identifier: a letter or underscore, then letters, digits and underscores.
  mutating func word() -> String? {
    guard let first = peek(), Self.isLetter(first) else { return nil }
    let start = position
    while position < bytes.count, Self.isLetter(bytes[position]) || Self.isDigit(bytes[position]) {
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// The identifier that comes next, without stepping over it.
  mutating func peekWord() -> String? {
    var ahead = self
    return ahead.word()
  }

  mutating func expectWord(_ purpose: String) throws(ModelError) -> String {
    guard let word = word() else { throw failure("expected \(purpose), found \(found())") }
    return word
  }

  /// An identifier or a quoted name; nil when neither comes next.
  mutating func name() throws(ModelError) -> String? {
    isNext("\"") ? try quoted() : word()
  }

  mutating func expectName(_ purpose: String) throws(ModelError) -> String {
    guard let name = try name() else { throw failure("expected \(purpose), found \(found())") }
    return name
  }

  /// A quoted string; a backslash takes the next byte literally.
  mutating func quoted() throws(ModelError) -> String {
    guard isNext("\"") else { throw failure("expected a quoted string, found \(found())") }
    let start = position
    position += 1
    var content: [UInt8] = []
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] == UInt8(ascii: "\\") { position += 1 }
      guard position < bytes.count else { break }
      content.append(bytes[position])
      position += 1
    }
    guard position < bytes.count else { throw failure("the string never ends", at: start) }
    position += 1
    return String(decoding: content, as: UTF8.self)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  /// A number or quoted string.
  mutating func literal() throws(ModelError) -> TextLiteral {
    guard !isNext("\"") else { return .string(try quoted()) }
    let start = position
    let negative = accept("-")
    if let word = word() {
      guard let value = TextLiteral.special(word, negative: negative) else {
        throw failure("\"\(word)\" is not a number", at: start)
      }
      return value
    }
    return try number(from: start, negative: negative)
  }

  private mutating func number(from start: Int, negative: Bool) throws(ModelError) -> TextLiteral {
    let digits = position
    skipDigits()
    guard position > digits else { throw failure("expected a value, found \(found())", at: start) }
    let whole = position
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      skipDigits()
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count,
        bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      let exponent = position
      skipDigits()
      guard position > exponent else { throw failure("the exponent has no digits", at: start) }
    }
    let text = String(decoding: bytes[digits..<position], as: UTF8.self)
    guard position == whole else { return .real((negative ? "-" : "") + text) }
    guard let magnitude = UInt64(text) else {
      throw failure("\(text) does not fit 64 bits", at: start)
    }
    return .integer(negative: negative, magnitude: magnitude)
  }

  private mutating func skipDigits() {
    while position < bytes.count, Self.isDigit(bytes[position]) { position += 1 }
  }
}
