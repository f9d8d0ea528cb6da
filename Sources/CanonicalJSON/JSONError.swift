/// Why bytes are not a JSON document this package reads, and where.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  package enum Reason: Hashable, Sendable {
    case unexpectedEnd
    /// Another byte than the grammar allows; the text says what it wants.
    case unexpectedByte(UInt8, wanted: String)
    case trailingBytes
    case tooDeep(limit: Int)
    case duplicateKey(String)
    case invalidUTF8
    case controlCharacter
    case invalidEscape
    case loneSurrogate
    /// An integer beyond 64 bits or a real beyond binary64.
    case numberOutOfRange
  }

  package let reason: Reason
  /// Position of the offending byte, from 0.
  package let offset: Int
  /// Line of the offending byte, from 1; lines end at a line feed.
  package let line: Int

  package var description: String { "line \(line), byte \(offset): \(explanation)" }

  private var explanation: String {
    switch reason {
    case .unexpectedEnd: "the document ends too early; is the file truncated?"
    case .unexpectedByte(let byte, let wanted):
      "found \(Self.name(of: byte)) where \(wanted) must stand"
    case .trailingBytes: "bytes follow the document; one document per text"
    case .tooDeep(let limit): "more than \(limit) nested arrays and objects"
    case .duplicateKey(let key): "the key \"\(key)\" stands twice in one object; remove one"
    case .invalidUTF8: "a string is not valid UTF-8"
    case .controlCharacter: "a control character in a string must be escaped"
    case .invalidEscape: "unknown escape; allowed are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"
    case .loneSurrogate: "half of a surrogate pair; write both halves"
    case .numberOutOfRange: "the number fits neither a 64-bit integer nor binary64"
    }
  }

  private static func name(of byte: UInt8) -> String {
    byte > 0x20 && byte < 0x7F
      ? "'\(Character(Unicode.Scalar(byte)))'" : "byte 0x\(String(byte, radix: 16))"
  }
}
