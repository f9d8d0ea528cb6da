import Spec
import Tensors
import Testing

@testable import Verification

@Suite("Maps are judged key by key")
struct MapTests {
  let context = JudgementContext(mode: .strict, twin: .adversarial)

  static func keys(_ names: [String]) throws -> Tensor {
    try #require(Tensor(shape: [names.count], strings: names))
  }

  static func map(_ names: [String], _ values: [Double]) throws -> Value {
    let (keys, column) = (try keys(names), try tensor(.f32, values))
    return try #require(Value.map(keys: keys, column: column))
  }

  static func golden(_ names: [String], _ values: [Double]) throws -> GoldenValue {
    let column = try tensor(.f32, values)
    return .map(
      keys: try keys(names),
      values: GoldenTensor(type: .f32, shape: [values.count], columns: .exact(column)))
  }

  func judged(_ value: Value, _ golden: GoldenValue) -> Judgement {
    Verifier.judge(
      [value], against: Golden(outputs: [GoldenOutput(name: "z", alternatives: [golden])]),
      in: context)
  }

  @Test("The order of keys is free; a value under the wrong key is not")
  func order() throws {
    let golden = try Self.golden(["a", "b", "c"], [1, 2, 3])
    #expect(judged(try Self.map(["a", "b", "c"], [1, 2, 3]), golden).verdict == .pass)
    #expect(judged(try Self.map(["c", "a", "b"], [3, 1, 2]), golden).verdict == .pass)
    let wrong = judged(try Self.map(["c", "a", "b"], [3, 2, 1]), golden)
    #expect(wrong.verdict == .fail(.valueExact))
    #expect(wrong.worst?.output == #"z[key "a"]"#)
    #expect(wrong.worst?.index == [])
    #expect(
      wrong.message
        == #"z[key "a"] is 0x1p+1 (2), golden 0x1p+0 (1); 2 of 3 elements are wrong"#)
  }

  @Test("Missing, further and repeated keys are named, and values under known keys still judged")
  func wrongKeys() throws {
    let golden = try Self.golden(["a", "b"], [1, 2])
    let missing = judged(try Self.map(["b"], [2]), golden)
    #expect(missing.verdict == .fail(.structure))
    #expect(missing.message == #"z lacks the key "a""#)
    let further = judged(try Self.map(["a", "b", "c"], [1, 5, 3]), golden)
    #expect(further.message == #"z has the key "c", which is none of the map"#)
    #expect(further.details.contains { $0.contains(#"z[key "b"] is 0x1.4p+2 (5)"#) })
    let repeated = judged(try Self.map(["a", "b", "b"], [1, 2, 2]), golden)
    #expect(repeated.message == #"z has the key "b" twice"#)
    #expect(judged(try Self.map([], []), try Self.golden([], [])).verdict == .pass)
  }

  @Test("Many wrong keys are counted, not all named")
  func manyKeys() throws {
    let names = (0..<40).map { "k\($0)" }
    let golden = try Self.golden(names, names.map { _ in 1 })
    let judgement = judged(try Self.map([], []), golden)
    #expect(judgement.details.count == 16)
    #expect(
      judgement.details.last == "also structure: z: so it is with 24 more keys")
  }

  @Test("Texts that Swift calls equal are two keys")
  func bytes() throws {
    let golden = try Self.golden(["\u{E9}"], [1])
    #expect(judged(try Self.map(["\u{E9}"], [1]), golden).verdict == .pass)
    #expect(judged(try Self.map(["e\u{301}"], [1]), golden).verdict == .fail(.structure))
  }

  @Test("Other kinds and types are told apart, and values that are no scalars")
  func types() throws {
    let golden = try Self.golden(["a"], [1])
    #expect(judged(.tensor(try tensor(.f32, [1])), golden).verdict == .fail(.structure))
    let (one, name) = (try integers(.i64, [1]), try Self.keys(["a"]))
    let (single, double) = (try tensor(.f32, [1]), try tensor(.f64, [1]))
    let numbers = try #require(Value.map(keys: one, column: single))
    #expect(judged(numbers, golden).verdict == .fail(.type))
    let doubles = try #require(Value.map(keys: name, column: double))
    #expect(judged(doubles, golden).message.contains("map(string, tensor(double))"))
    let list = Value.map(
      keys: try Self.keys(["a"]), values: [.tensor(try tensor(.f32, [1]))],
      value: .tensor(.f32))
    #expect(judged(list, golden).message == #"z[key "a"] has the shape [1], not []"#)
  }

  @Test("A map in a sequence is named by its place there")
  func inSequence() throws {
    let golden = GoldenValue.sequence(
      [try Self.golden(["a"], [1]), try Self.golden(["a"], [2])],
      element: .map(key: .string, value: .tensor(.f32)))
    let value = Value.sequence(
      [try Self.map(["a"], [1]), try Self.map(["a"], [4])],
      element: .map(key: .string, value: .tensor(.f32)))
    #expect(judged(value, golden).worst?.output == #"z[1][key "a"]"#)
  }
}
