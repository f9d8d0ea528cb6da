import ModelFormat
import Tensors
import Testing

@Suite("Operators over pairs of elements of the CPU backend")
struct PairOperatorsTests {
  @Test("Sub wraps integers around and rounds floats once")
  func sub() throws {
    let a = integers(.i8, [2], [-128, 100])
    #expect(
      try run("Sub", opset: 14, [a, integers(.i8, [], [1])], output: .i8)
        == integers(.i8, [2], [127, 99]))
    let half = try run(
      "Sub", opset: 14, [floats(.f16, [1], [1]), floats(.f16, [1], [0x1p-12])], output: .f16)
    // 1 − 2^-12 lies halfway between 1 − 2^-11 and 1, whose last bit is even.
    #expect(half == floats(.f16, [1], [1]))
  }

  @Test("Min takes NaN from either operand")
  func min() throws {
    let y = try run(
      "Min", opset: 13, [floats(.f32, [3], [.nan, 1, 3]), floats(.f32, [3], [0, .nan, 2])],
      output: .f32)
    let values = try #require(y.doubles)
    #expect(values[0].isNaN && values[1].isNaN && values[2] == 2)
  }

  @Test(
    "Ordered relations are false with NaN",
    arguments: [
      ("Greater", [0, 0, 0, 1]), ("Less", [0, 0, 0, 0]), ("GreaterOrEqual", [0, 0, 1, 1]),
      ("LessOrEqual", [0, 0, 1, 0]),
    ] as [(String, [Int128])])
  func relations(point: (name: String, answers: [Int128])) throws {
    for type in [ElementType.f32, .f64, .bf16] {
      let y = try run(
        point.name, opset: 16,
        [floats(type, [4], [.nan, 1, -0.0, 2]), floats(type, [4], [1, .nan, 0, 1])], output: .bool)
      #expect(y == integers(.bool, [4], point.answers))
    }
  }

  @Test(
    "Bytes other than 0 and 1 are true",
    arguments: [("And", 1), ("Or", 1), ("Xor", 0)] as [(String, Int128)])
  func oddBools(point: (name: String, answer: Int128)) throws {
    let odd = try #require(Tensor(type: .bool, shape: [1], bytes: [2]))
    let y = try run(point.name, opset: 7, [odd, integers(.bool, [1], [1])], output: .bool)
    #expect(y == integers(.bool, [1], [point.answer]))
  }

  @Test("BitShift beyond the width leaves the sign alone")
  func shifts() throws {
    let pair = [integers(.i8, [4], [-127, 127, -128, 1]), integers(.i8, [4], [1, 1, 8, -1])]
    let left = try run(
      "BitShift", opset: 28, pair, attributes: ["direction": .string("LEFT")], output: .i8)
    #expect(left == integers(.i8, [4], [2, -2, 0, 0]))
    let right = try run(
      "BitShift", opset: 28, pair, attributes: ["direction": .string("RIGHT")], output: .i8)
    #expect(right == integers(.i8, [4], [-64, 63, -1, 0]))
    expectError(.invalidModel) {
      _ = try run(
        "BitShift", opset: 28, pair, attributes: ["direction": .string("UP")], output: .i8)
    }
  }
}
