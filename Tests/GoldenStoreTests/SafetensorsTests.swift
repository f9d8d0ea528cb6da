import Testing

@testable import GoldenStore

/// Safetensors files.
struct SafetensorsTests {
  private static func sample() -> SafetensorsWriter {
    var file = SafetensorsWriter()
    file.append("wide", type: .f64, bytes: Array(1...16))
    file.append("narrow", type: .u8, bytes: [200, 201, 202])
    file.append("none", type: .i32, bytes: [])
    file.append("whole", type: .i64, bytes: Array(0..<8))
    file.setMetadata("case", "{\"text\": \"\u{fc}\"}")
    return file
  }

  /// A file with the given header text.
  private static func file(_ header: String, payload: [UInt8] = []) -> [UInt8] {
    let count = header.utf8.count
    let length = (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    return length + Array(header.utf8) + payload
  }

  private static func parse(_ bytes: [UInt8]) throws -> Safetensors {
    try Safetensors(parsing: bytes, file: "sample")
  }

  @Test("What was written reads back, and encodes to the same bytes")
  func roundTrip() throws {
    let bytes = Self.sample().encoded
    let again = try Self.parse(bytes)
    #expect(try again.bytes("wide", type: .f64).map { Array($0) } == Array(1...16))
    #expect(try again.bytes("narrow", type: .u8).map { Array($0) } == [200, 201, 202])
    #expect(try again.bytes("none", type: .i32)?.isEmpty == true)
    #expect(try again.bytes("whole", type: .i64).map { Array($0) } == Array(0..<8))
    #expect(again.textNames == ["case"])
    #expect(try again.text("case") == "{\"text\": \"\u{fc}\"}")
    #expect(again.names == ["narrow", "none", "whole", "wide"])
    #expect(Self.sample().encoded == bytes)
  }

  @Test("A tensor is found by its name and type only")
  func absent() throws {
    let file = try Self.parse(Self.sample().encoded)
    #expect(try file.bytes("wide", type: .f64) != nil)
    #expect(try file.bytes("wide", type: .i64) == nil)
    #expect(try file.bytes("other", type: .f64) == nil)
    #expect(try file.bytes("case", type: .f64) == nil)
    #expect(try file.text("wide") == nil)
  }

  @Test("The payload starts at a multiple of eight bytes")
  func alignment() {
    let bytes = Self.sample().encoded
    // 16 + 3 + 0 + 8 bytes of payload.
    #expect((bytes.count - 27) % 8 == 0)
  }

  @Test("The layout is that of the published format")
  func layout() throws {
    let bytes = Self.file(
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]},"__metadata__":{"k":"v"}}"#,
      payload: [7, 8, 9])
    let file = try Self.parse(bytes)
    #expect(try file.bytes("a", type: .u8).map { Array($0) } == [8, 9])
    #expect(try file.text("k") == "v")
  }

  /// Reads everything that the file describes.
  private static func readAll(_ bytes: [UInt8]) throws {
    let file = try parse(bytes)
    for name in file.names { _ = try file.bytes(name) }
    for name in file.textNames { _ = try file.text(name) }
  }

  @Test("A file cut at any byte is an error when it is read, never a trap")
  func truncation() throws {
    let bytes = Self.sample().encoded
    try Self.readAll(bytes)
    for count in 0..<bytes.count {
      #expect(throws: GoldenError.self, "cut to \(count) bytes") {
        try Self.readAll(Array(bytes.prefix(count)))
      }
    }
  }

  @Test(
    "Lengths of the header beyond the file are errors",
    arguments: [UInt64(1), 1 << 20, 1 << 31, 1 << 62, 1 << 63, .max])
  func headerLength(_ length: UInt64) {
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) }
    #expect(throws: GoldenError.self) { try Self.parse(bytes) }
  }

  @Test(
    "Entries that do not fit the file are errors",
    arguments: [
      #"{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}"#,
      #"{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}"#,
      #"{"dtype":"U8","shape":[4611686018427387904,4],"data_offsets":[0,0]}"#,
      #"{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}"#,
      #"{"dtype":"U8","shape":[1],"data_offsets":[-1,0]}"#,
      #"{"dtype":"U8","shape":[1],"data_offsets":[-9223372036854775808,9223372036854775807]}"#,
      #"{"dtype":"U8","shape":[1],"data_offsets":[2,1]}"#,
      #"{"dtype":"U8","shape":[1],"data_offsets":[4,5]}"#,
      #"{"dtype":"U8","shape":[2],"data_offsets":[0,1]}"#,
      #"{"dtype":"U8","shape":[1],"data_offsets":[0]}"#,
      #"{"dtype":"U8","shape":[1],"data_offsets":"all"}"#,
      #"{"dtype":"F9","shape":[1],"data_offsets":[0,1]}"#,
      #"{"dtype":"U8","data_offsets":[0,1]}"#,
      #"{"shape":[1],"data_offsets":[0,1]}"#,
      #"[]"#, #"null"#,
    ])
  func misfit(_ entry: String) {
    let bytes = Self.file("{\"a\":\(entry)}", payload: [1, 2, 3, 4])
    #expect(throws: GoldenError.self) { try Self.parse(bytes).bytes("a") }
  }

  @Test("Metadata that are no texts are errors", arguments: ["7", "{\"k\":7}", "{\"k\":}"])
  func metadata(_ value: String) {
    let bytes = Self.file("{\"__metadata__\":\(value)}")
    #expect(throws: GoldenError.self) { try Self.parse(bytes).text("k") }
  }

  @Test("Headers that are no JSON objects are errors", arguments: ["", "[]", "{", "7", "\u{0}"])
  func headers(_ text: String) {
    #expect(throws: GoldenError.self) { try Self.parse(Self.file(text)) }
  }

  @Test("Any one changed byte gives a file or an error, never a trap")
  func changedBytes() {
    let bytes = Self.sample().encoded
    for position in bytes.indices {
      for mask: UInt8 in [0x01, 0x10, 0x80] {
        var changed = bytes
        changed[position] ^= mask
        if let file = try? Self.parse(changed) {
          _ = try? file.bytes("wide", type: .f64)
          _ = try? file.text("case")
          _ = file.names
        }
      }
    }
  }
}
