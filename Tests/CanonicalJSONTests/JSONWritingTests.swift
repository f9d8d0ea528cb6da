import CanonicalJSON
import Testing

@Suite("Writing JSON")
struct JSONWritingTests {
  @Test("Keys are sorted by bytes, without white space")
  func order() throws {
    // UTF-8: "B" 42, "a" 61, "aa" 61 61, "é" C3 A9, "€" E2 82 AC, U+1F600 F0 9F…; UTF-16 order
    // would put U+FF61 (EF BD A1) behind U+1F600 (D83D DE00).
    let value: JSON = ["€": 1, "é": 2, "a": 3, "B": 4, "aa": 5, "\u{1F600}": 6, "\u{FF61}": 7]
    #expect(
      value.canonicalText
        == #"{"B":4,"a":3,"aa":5,"é":2,"€":1,"\#u{FF61}":7,"\#u{1F600}":6}"#)
  }

  @Test("Reals are hex-float strings, control characters are escaped")
  func scalars() {
    let value: JSON = [.real(12), .real(.nan), .integer(-3), true, .null, "a\"\\\u{1}\n/é"]
    #expect(
      value.canonicalText == #"["0x1.8p+3","nan",-3,true,null,"a\"\\\u0001\n/é"]"#)
  }

  @Test("What was written is read back, reals through their getter")
  func roundTrip() throws {
    let value: JSON = ["list": [1, "two", false, []], "nested": ["x": -7], "empty": [:]]
    #expect(try JSON(parsing: value.canonicalBytes) == value)
    let real = try JSON(parsing: JSON.real(0.1).canonicalBytes)
    #expect(real.real == 0.1)
  }
}

@Suite("Typed access to JSON")
struct JSONFieldTests {
  let root: JSONField = JSONField(["outputs": [["name": "y", "ratio": "0x1p-1", "n": 300]]])

  @Test("Values come in their type")
  func values() throws {
    let output = try root.member("outputs").elements()[0]
    #expect(try output.member("name").string() == "y")
    #expect(try output.member("ratio").real() == 0.5)
    #expect(try output.member("n").integer(as: Int.self) == 300)
    #expect(try output.optionalMember("absent") == nil)
    try output.refuseMembers(otherThan: ["name", "ratio", "n"])
  }

  @Test("An error names the way, the wish and the find")
  func errors() throws {
    let output = try root.member("outputs").elements()[0]
    func message(_ body: () throws -> Void) -> String? {
      (#expect(throws: JSONFieldError.self) { try body() })?.description
    }
    #expect(
      message { _ = try output.member("absent") }
        == "$.outputs[0].absent: a value must stand here, found nothing")
    #expect(
      message { _ = try output.member("n").integer(as: UInt8.self) }
        == "$.outputs[0].n: an integer of 8 bits must stand here, found the integer 300")
    #expect(
      message { _ = try output.member("name").real() }
        == "$.outputs[0].name: a real as hex-float text must stand here, found the string \"y\"")
    #expect(
      message { try output.refuseMembers(otherThan: ["name", "n"]) }
        == "$.outputs[0].ratio: no such member must stand here, found an unknown key")
  }
}
