import Spec
import Tensors
import Testing

@Suite("Operators over pairs of elements")
struct PairTests {
  @Test("Sub wraps integers and broadcasts")
  func sub() throws {
    // −128 − 1 = −129 = 127 − 256; 100 − 1 = 99; 3 − 5 = −2 = 254 − 256.
    let signed = SingleCall(
      "Sub", 14, [try .integers([-128, 100], type: .i8), try .integers([1], type: .i8)])
    #expect(try signed.integers() == [127, 99])
    let unsigned = SingleCall(
      "Sub", 14, [try .integers([3], type: .u8), try .integers([5], type: .u8)])
    #expect(try unsigned.integers() == [254])
  }

  @Test("Min takes NaN from any operand and leaves the sign of a zero free")
  func min() throws {
    let operands = [
      try Value.reals([.nan, 1, 3]), try .reals([0, .nan, 2]), try .reals([1, 1, 5]),
    ]
    let call = SingleCall("Min", 13, operands)
    let values = try call.reals()
    #expect(values[0].isNaN && values[1].isNaN)
    #expect(values[2] == 2)
    #expect(try !call.column().signedZero)
  }

  @Test(
    "Ordered relations are false with NaN, and take zeros of both signs for equal",
    arguments: [
      ("Greater", [false, false, false, true]), ("Less", [false, false, false, false]),
      ("GreaterOrEqual", [false, false, true, true]), ("LessOrEqual", [false, false, true, false]),
    ])
  func relations(point: (name: String, answers: [Bool])) throws {
    let call = SingleCall(
      point.name, 16, [try .reals([.nan, 1, -0.0, 2]), try .reals([1, .nan, 0, 1])])
    #expect(try call.integers() == point.answers.map { $0 ? 1 : 0 })
  }

  @Test("Neighbouring integers beyond 2^53 are told apart")
  func wideIntegers() throws {
    let pair = [
      try Value.integers([9_007_199_254_740_993], type: .i64),
      try .integers([9_007_199_254_740_992], type: .i64),
    ]
    #expect(try SingleCall("Greater", 13, pair).integers() == [1])
    #expect(try SingleCall("LessOrEqual", 16, pair).integers() == [0])
  }

  @Test(
    "Truth tables",
    arguments: [("And", [0, 0, 0, 1]), ("Or", [0, 1, 1, 1]), ("Xor", [0, 1, 1, 0])])
  func truth(point: (name: String, answers: [Int])) throws {
    let pair = [
      try Value.integers([0, 0, 1, 1], type: .bool), try .integers([0, 1, 0, 1], type: .bool),
    ]
    #expect(try SingleCall(point.name, 7, pair).integers() == point.answers)
    let numbers = [try Value.integers([1], type: .i32), try .integers([1], type: .i32)]
    #expect(SingleCall(point.name, 7, numbers).refusal() == .invalid)
  }

  @Test(
    "Bits of negative integers are those of two's complement",
    arguments: [("BitwiseAnd", 12), ("BitwiseOr", -1), ("BitwiseXor", -13)])
  func bits(point: (name: String, result: Int)) throws {
    // −4 = …11111100, 15 = 00001111: and 00001100, or 11111111, xor 11110011.
    let pair = [try Value.integers([-4], type: .i8), try .integers([15], type: .i8)]
    #expect(try SingleCall(point.name, 18, pair).integers() == [point.result])
  }

  @Test("BitShift loses what leaves the type; the sign fills from above")
  func shifts() throws {
    let x = try Value.integers([-127, 127, -128, 1], type: .i8)
    let y = try Value.integers([1, 1, 8, -1], type: .i8)
    // 10000001 ≪ 1 = 00000010; 01111111 ≪ 1 = 11111110; beyond the width nothing is left.
    let left = SingleCall("BitShift", 28, [x, y], ["direction": .string("LEFT")])
    #expect(try left.integers() == [2, -2, 0, 0])
    let right = SingleCall("BitShift", 28, [x, y], ["direction": .string("RIGHT")])
    #expect(try right.integers() == [-64, 63, -1, 0])
    #expect(try right.column().undefined.isEmpty)
  }

  @Test("Version 11 of BitShift leaves shifts by the width open, and no direction is refused")
  func openShifts() throws {
    let pair = [try Value.integers([255, 255], type: .u8), try .integers([7, 8], type: .u8)]
    let right = SingleCall("BitShift", 11, pair, ["direction": .string("RIGHT")])
    #expect(try right.integers().first == 1)
    #expect(try right.column().undefined == [false, true])
    #expect(SingleCall("BitShift", 11, pair).refusal() == .invalid)
  }
}
