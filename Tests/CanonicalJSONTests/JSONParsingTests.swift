import CanonicalJSON
import Testing

@Suite("Reading JSON")
struct JSONParsingTests {
  @Test("Every kind of value is read")
  func everyKind() throws {
    let text = #" {"a":[1,-2,2.5,1e2,true,false,null],"b":"x","c":{}} "#
    let parsed = try JSON(parsing: text)
    #expect(
      parsed == [
        "a": [1, -2, .real(2.5), .real(100), true, false, .null], "b": "x", "c": [:],
      ])
    #expect(parsed["a"]?[2]?.real == 2.5)
    #expect(parsed["a"]?[7] == nil)
    #expect(parsed["missing"] == nil)
  }

  @Test("Integers span 64 bits and no more")
  func integerRange() throws {
    #expect(try JSON(parsing: "9223372036854775807") == .integer(.max))
    #expect(try JSON(parsing: "-9223372036854775808") == .integer(.min))
    for text in ["9223372036854775808", "-9223372036854775809", "1e999"] {
      let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
      #expect(error?.reason == .numberOutOfRange)
    }
  }

  @Test("Escapes become their characters")
  func escapes() throws {
    // U+1F600 is the pair D83D DE00: 0x1F600 - 0x10000 = 0xF600, upper ten bits 0x3D, lower 0x200.
    #expect(
      try JSON(parsing: #""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é""#)
        == .string("\"\\/\u{8}\u{C}\n\r\t\u{E9}\u{1F600}é"))
  }

  @Test(
    "What is wrong is named",
    arguments: [
      ("", JSONError.Reason.unexpectedEnd), ("[1,", .unexpectedEnd), ("\"abc", .unexpectedEnd),
      ("{\"a\":1,\"a\":2}", .duplicateKey("a")), ("1 2", .trailingBytes),
      ("\"\\x\"", .invalidEscape), ("\"\\ud83d\"", .loneSurrogate),
      ("\"\\ude00\\ud83d\"", .loneSurrogate), ("\"a\u{1}\"", .controlCharacter),
      ("01", .unexpectedByte(0x30, wanted: "a number without leading zeros")),
      ("+1", .unexpectedByte(0x2B, wanted: "a value")),
      ("nul]", .unexpectedByte(0x5D, wanted: "null")),
      ("[1 2]", .unexpectedByte(0x32, wanted: "',' or ']'")),
      ("1.e5", .unexpectedByte(0x65, wanted: "a digit behind the point")),
      ("[1,]", .unexpectedByte(0x5D, wanted: "a value")),
    ])
  func refused(text: String, reason: JSONError.Reason) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
    #expect(error?.reason == reason)
  }

  @Test(
    "Bytes that are not UTF-8 are refused: overlong, surrogate, cut short",
    arguments: [[0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xFF]] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: [0x22] + bytes + [0x22]) }
    #expect(error?.reason == .invalidUTF8)
  }

  @Test("An error knows its byte and line")
  func place() {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: "{\n\"a\":\n x}") }
    #expect(error?.offset == 8)
    #expect(error?.line == 3)
    #expect(error?.description == "line 3, byte 8: found 'x' where a value must stand")
  }

  @Test("Nesting is capped at 200")
  func depth() throws {
    func nested(_ depth: Int) -> [UInt8] {
      [UInt8](repeating: 0x5B, count: depth) + [UInt8](repeating: 0x5D, count: depth)
    }
    _ = try JSON(parsing: nested(200))
    let error = #expect(throws: JSONError.self) { try JSON(parsing: nested(201)) }
    #expect(error?.reason == .tooDeep(limit: 200))
    // An attack by depth ends at the cap, not on the stack.
    #expect(throws: JSONError.self) { try JSON(parsing: nested(1_000_000)) }
  }
}
