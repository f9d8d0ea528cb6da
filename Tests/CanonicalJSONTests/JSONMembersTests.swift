import CanonicalJSON
import Testing

/// Objects whose members are read one at a time.
struct JSONMembersTests {
  private static let text = #"""
     { "b" : [1, {"x": "]}"}, "\""] , "a":{"k": "v", "j" : null}, "": true,"é":-2.5e1 }
    """#

  private func members(_ text: String) throws -> JSONMembers {
    try JSONMembers(indexing: Array(text.utf8))
  }

  @Test("Every member has the value that a parse of the whole object gives it")
  func values() throws {
    let members = try members(Self.text)
    let whole = try JSON(parsing: Self.text)
    #expect(members.names == ["", "a", "b", "é"])
    for name in members.names { #expect(try members.value(name) == whole[name]) }
    #expect(try members.value("c") == nil)
    #expect(members.contains("b") && !members.contains("bb"))
  }

  @Test("An object inside is opened alike; what is no object is an error")
  func nested() throws {
    let members = try members(Self.text)
    #expect(try members.members(of: "a")?.names == ["j", "k"])
    #expect(try members.members(of: "a")?.value("k") == .string("v"))
    #expect(try members.members(of: "nothing") == nil)
    #expect(throws: JSONError.self) { try members.members(of: "b") }
  }

  @Test(
    "The object's own grammar is checked at once",
    arguments: [
      "", "[]", "{", #"{"a""#, #"{"a":"#, #"{"a":1"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#, #"{a:1}"#,
      #"{"a":[1}"#, #"{"a":"x}"#, #"{"a":1}}"#, #"{"a":1,"a":2}"#, #"{"b":1,"a":1,"b":2}"#,
      "{\"a\u{1}\":1}", #"{"\u0061":1}"#, #"{"a":"\"#,
    ])
  func grammar(_ text: String) {
    #expect(throws: JSONError.self) { try members(text) }
  }

  @Test("What is wrong inside a value is found when it is asked for")
  func late() throws {
    let members = try members(#"{"good": [1, 2], "bad": [1 2], "none": , "twice": {"k":1,"k":2}}"#)
    #expect(try members.value("good") == .array([.integer(1), .integer(2)]))
    for name in ["bad", "none", "twice"] {
      #expect(throws: JSONError.self, "\(name)") { try members.value(name) }
    }
  }

  @Test("A text cut or changed at any byte is an object or an error, never a trap")
  func torn() {
    let bytes = Array(Self.text.utf8)
    for position in bytes.indices {
      var changed = bytes
      changed[position] ^= 0x20
      for torn in [Array(bytes[..<position]), changed] {
        guard let members = try? JSONMembers(indexing: torn) else { continue }
        for name in members.names { _ = try? members.value(name) }
      }
    }
  }
}
