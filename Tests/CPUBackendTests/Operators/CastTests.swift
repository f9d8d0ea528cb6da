import ModelFormat
import Tensors
import Testing

@Suite("Cast of the CPU backend")
struct CastTests {
  private func cast(
    _ x: Tensor, to type: ElementType, opset: Int64 = 25,
    attributes: [String: Attribute] = [:]
  ) throws -> Tensor {
    var attributes = attributes
    attributes["to"] = .int(Int64(type.rawValue))
    return try run("Cast", opset: opset, [x], attributes: attributes, output: type)
  }

  @Test("float64 to float16 is rounded once, not through float32")
  func singleRounding() throws {
    // 1 + 2^-11 is a tie in float16; the last term decides it and is lost in float32.
    let x = floats(.f64, [2], [1 + 0x1p-11 + 0x1p-30, 1 + 0x1p-11])
    #expect(try cast(x, to: .f16) == floats(.f16, [2], [1 + 0x1p-10, 1]))
  }

  @Test("int64 to bfloat16 and float32 is rounded once, not through float64")
  func singleRoundingOfIntegers() throws {
    // 2^60 + 2^52 is a tie of bfloat16; the last unit decides it and is lost in float64.
    let tie: Int128 = (1 << 60) + (1 << 52)
    let y = try cast(integers(.i64, [2], [tie, tie + 1]), to: .bf16)
    #expect(y == floats(.bf16, [2], [0x1p60, 0x1p60 + 0x1p53]))
    let single = (1 << 60) + (1 << 36) + Int128(1)
    #expect(
      try cast(integers(.u64, [1], [single]), to: .f32)
        == floats(.f32, [1], [0x1p60 + 0x1p37]))
  }

  @Test("Float to integer truncates; what is out of range never traps")
  func floatToInteger() throws {
    let y = try cast(floats(.f32, [4], [2.9, -2.9, 1e30, .nan]), to: .i32)
    #expect(y.integers?[0] == 2 && y.integers?[1] == -2)
    #expect(y.count == 4)
  }

  @Test("Integer to integer keeps the low bits")
  func integerToInteger() throws {
    let x = integers(.i32, [3], [300, -1, -129])
    #expect(try cast(x, to: .u8) == integers(.u8, [3], [44, 255, 127]))
    #expect(try cast(x, to: .i4) == integers(.i4, [3], [-4, -1, -1]))
  }

  @Test("float8 saturates or overflows as the attribute says")
  func saturation() throws {
    let x = floats(.f32, [3], [1000, -1000, 1])
    #expect(try cast(x, to: .e4m3fn) == floats(.e4m3fn, [3], [448, -448, 1]))
    let open = try cast(x, to: .e5m2, attributes: ["saturate": .int(0)])
    #expect(open == floats(.e5m2, [3], [1000, -1000, 1]))
    let beyond = try cast(floats(.f32, [1], [1e9]), to: .e5m2, attributes: ["saturate": .int(0)])
    #expect(beyond.doubles == [.infinity])
  }

  @Test("float8e8m0 rounds as round_mode says")
  func powersOfTwo() throws {
    let x = floats(.f32, [2], [1.25, 1.75])
    #expect(try cast(x, to: .e8m0).doubles == [2, 2])
    #expect(try cast(x, to: .e8m0, attributes: ["round_mode": .string("down")]).doubles == [1, 1])
    #expect(
      try cast(x, to: .e8m0, attributes: ["round_mode": .string("nearest")]).doubles == [1, 2])
    expectError(.invalidModel) {
      _ = try cast(x, to: .e8m0, attributes: ["round_mode": .string("sideways")])
    }
  }

  @Test("Text to numbers and back")
  func text() throws {
    let x = strings([5], ["3.5", "-1e-3", "INF", "-inf", "NaN"])
    let values = try #require(try cast(x, to: .f64).doubles)
    #expect(Array(values[..<4]) == [3.5, -0.001, .infinity, -.infinity])
    #expect(values[4].isNaN)
    #expect(
      try cast(floats(.f32, [3], [3.5, -.infinity, .nan]), to: .string)
        == strings([3], ["3.5", "-INF", "NaN"]))
    #expect(try cast(strings([2], ["-7", "12"]), to: .i8) == integers(.i8, [2], [-7, 12]))
    #expect(
      try cast(integers(.u64, [1], [18_446_744_073_709_551_615]), to: .string)
        == strings([1], ["18446744073709551615"]))
  }

  @Test("Text is rounded once, not through float64")
  func textRoundsOnce() throws {
    // 1 + 2^-11 + 2^-70: the tail decides a tie of float16 and is lost in float64.
    let x = strings([1], ["1.00048828125000000000084703294725430033906832250067964196204751"])
    #expect(try cast(x, to: .f16) == floats(.f16, [1], [1 + 0x1p-10]))
  }

  @Test("Text that is no number is refused", arguments: ["", "abc", "1.5x", "0x", "1\u{0}2"])
  func refusesText(text: String) {
    expectError(.invalidInput) { _ = try cast(strings([1], [text]), to: .f32) }
  }

  @Test("Bool is zero or one, and any number but zero is true")
  func booleans() throws {
    let x = floats(.f16, [4], [0, -0.0, 0.5, .nan])
    #expect(try cast(x, to: .bool) == integers(.bool, [4], [0, 0, 1, 1]))
    #expect(
      try cast(integers(.bool, [2], [1, 0]), to: .bf16) == floats(.bf16, [2], [1, 0]))
  }

  @Test("A type that the version does not know is refused")
  func refusesNewTypes() {
    expectError(.invalidModel) { _ = try cast(floats(.f32, [1], [1]), to: .bf16, opset: 9) }
    expectError(.invalidModel) {
      _ = try run(
        "Cast", opset: 25, [floats(.f32, [1], [1])], attributes: ["to": .int(99)], output: .f32)
    }
  }
}
