import CanonicalJSON
import Testing

@Suite("Members of objects")
struct JSONObjectTests {
  @Test("Members are found, replaced, added and removed, in short objects and in long ones")
  func members() throws {
    for count in [3, 16, 17, 100] {
      var object = JSONObject()
      // 7 is prime to each count: every key comes once, in no order.
      for number in 0..<count { object["k\(7 * number % count)"] = .integer(Int64(number)) }
      #expect(object.count == count)
      #expect(object["k7"] == (count > 7 ? 1 : nil))
      #expect(object["k\(count)"] == nil && object[""] == nil)
      object["k1"] = "other"
      object["k2"] = nil
      object["k2"] = nil
      #expect(object.count == count - 1)
      #expect(object["k1"] == "other" && object["k2"] == nil)
      let keys = object.map(\.key)
      #expect(keys == keys.sorted())
    }
  }

  @Test("Equal members are equal objects, in whatever order they are written")
  func order() {
    let object: JSONObject = ["b": 1, "a": 2, "c": [3]]
    #expect(object == ["a": 2, "c": [3], "b": 1])
    #expect(object == JSONObject(["c": [3], "a": 2, "b": 1]))
    #expect(object != ["a": 2, "b": 1])
    #expect(JSON.object(object).canonicalText == #"{"a":2,"b":1,"c":[3]}"#)
    #expect(object.merging(["d": 4, "a": 5]) == ["a": 5, "b": 1, "c": [3], "d": 4])
    #expect(object.filter { $0 != "b" } == ["a": 2, "c": [3]])
    #expect(JSONObject(dictionaryLiteral: ("a", 1), ("a", 2))["a"] == 2)
  }

  @Test("A key that stands twice is found wherever it stands, also in another form of one text")
  func duplicates() {
    let many = (0..<40).map { #""k\#($0)":0"# }.joined(separator: ",")
    for text in [
      #"{"a":1,"a":2}"#, #"{"b":1,"a":2,"b":3}"#, #"{"a":1,"b":2,"c":3,"a":4}"#,
      "{\(many),\"k7\":1}", "{\"z\":1,\(many),\"k39\":1}", "{\"\u{E9}\":1,\"e\u{301}\":2}",
    ] {
      #expect(throws: JSONError.self, "\(text)") { try JSON(parsing: text) }
    }
    #expect(throws: Never.self) { try JSON(parsing: "{\(many),\"k40\":1}") }
  }
}
