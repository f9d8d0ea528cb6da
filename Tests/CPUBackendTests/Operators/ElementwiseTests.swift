import ModelFormat
import Tensors
import Testing

@Suite("Elementwise operators of the CPU backend")
struct ElementwiseTests {
  /// Operator, opset, argument, and the result to 40 digits rounded to binary64.
  private static let points: [(String, Int64, Double, Double)] = [
    ("Exp", 13, 1, 0x1.5bf0a8b145769p+1), ("Exp", 13, -.infinity, 0),
    ("Exp", 13, 0, 1), ("Log", 13, 2, 0x1.62e42fefa39efp-1), ("Log", 13, 1, 0),
    ("Log", 13, 0, -.infinity), ("Sin", 22, 1, 0x1.aed548f090ceep-1), ("Sin", 22, -0.0, -0.0),
    ("Tanh", 13, 0.5, 0x1.d9353d7568af3p-2), ("Tanh", 13, .infinity, 1),
    ("Sigmoid", 13, 0, 0.5), ("Sigmoid", 13, -.infinity, 0),
    ("Erf", 13, 1, 0x1.af767a741088bp-1), ("Erf", 13, -.infinity, -1),
    ("Gelu", 20, 1, 0x1.aec4bd120d37dp-1), ("Gelu", 20, 0, 0),
  ]

  @Test("Elementary functions are correctly rounded in float32 and float16", arguments: points)
  func elementaryFunctions(point: (name: String, opset: Int64, x: Double, y: Double)) throws {
    for type in [ElementType.f32, .f16] {
      let y = try run(point.name, opset: point.opset, [floats(type, [1], [point.x])], output: type)
      #expect(y == floats(type, [1], [point.y]), "\(point.name)(\(point.x)) as \(type)")
    }
  }

  @Test("Functions of float64 stay within two units in the last place", arguments: points)
  func elementaryFunctionsWide(
    point: (name: String, opset: Int64, x: Double, y: Double)
  ) throws {
    let result = try run(
      point.name, opset: point.opset, [floats(.f64, [1], [point.x])], output: .f64)
    let y = try #require(result.doubles?.first)
    #expect(y == point.y || abs(y - point.y) <= 2 * point.y.ulp)
  }

  @Test("The tail of Sigmoid does not underflow early")
  func sigmoidTail() throws {
    let y = try run("Sigmoid", opset: 13, [floats(.f64, [1], [-740])], output: .f64)
    // exp(-740) = 4.2e-322 is 85 times the smallest subnormal number.
    #expect(y.codes == [85])
  }

  @Test("Gelu with tanh is another function than Gelu")
  func geluApproximation() throws {
    let x = floats(.f64, [1], [1])
    let y = try run(
      "Gelu", opset: 20, [x], attributes: ["approximate": .string("tanh")], output: .f64)
    #expect(abs(try #require(y.doubles?.first) - 0.841191990608276) < 1e-15)
    expectError(.invalidModel) {
      _ = try run(
        "Gelu", opset: 20, [x], attributes: ["approximate": .string("sine")], output: .f64)
    }
  }

  @Test("Mod has the sign of the divisor, with fmod that of the dividend")
  func modSigns() throws {
    let a = integers(.i32, [4], [7, -7, 7, -7])
    let b = integers(.i32, [4], [3, 3, -3, -3])
    #expect(
      try run("Mod", opset: 13, [a, b], output: .i32) == integers(.i32, [4], [1, 2, -2, -1]))
    let c = try run("Mod", opset: 13, [a, b], attributes: ["fmod": .int(1)], output: .i32)
    #expect(c == integers(.i32, [4], [1, -1, 1, -1]))
  }

  @Test("Mod of integers never traps", arguments: [0, 1])
  func modTraps(fmod: Int64) throws {
    let y = try run(
      "Mod", opset: 13, [integers(.i32, [2], [5, -2_147_483_648]), integers(.i32, [2], [0, -1])],
      attributes: ["fmod": .int(fmod)], output: .i32)
    #expect(y == integers(.i32, [2], [0, 0]))
  }

  @Test("Mod of floats without fmod is refused before version 28")
  func modOfFloats() throws {
    let x = [floats(.f32, [2], [-5.5, 5.5]), floats(.f32, [2], [2, -2])]
    expectError(.invalidModel) { _ = try run("Mod", opset: 13, x, output: .f32) }
    #expect(try run("Mod", opset: 28, x, output: .f32) == floats(.f32, [2], [0.5, -0.5]))
  }

  @Test("Pow keeps the type of the base; integers wrap around")
  func pow() throws {
    let y = try run(
      "Pow", opset: 15, [integers(.i32, [3], [3, -2, 10]), floats(.f32, [], [3])], output: .i32)
    #expect(y == integers(.i32, [3], [27, -8, 1000]))
    let wide = try run(
      "Pow", opset: 15, [integers(.i64, [2], [3, 2]), integers(.i64, [2], [41, 64])], output: .i64)
    #expect(wide == integers(.i64, [2], [36_472_996_377_170_786_403, 0]))
    let root = try run(
      "Pow", opset: 15, [floats(.f16, [2], [4, 0]), floats(.f64, [2], [0.5, 0])], output: .f16)
    #expect(root == floats(.f16, [2], [2, 1]))
  }

  @Test("Equal compares numbers, bools and text; NaN equals nothing")
  func equal() throws {
    let y = try run(
      "Equal", opset: 19, [floats(.f32, [3], [.nan, 0, 1]), floats(.f32, [3], [.nan, -0.0, 2])],
      output: .bool)
    #expect(y == integers(.bool, [3], [0, 1, 0]))
    let z = try run(
      "Equal", opset: 19, [strings([2], ["a", "b"]), strings([1], ["b"])], output: .bool)
    #expect(z == integers(.bool, [2], [0, 1]))
  }

  @Test("Where broadcasts all three operands")
  func whereBroadcasts() throws {
    let y = try run(
      "Where", opset: 16,
      [integers(.bool, [2, 1], [1, 0]), strings([2], ["a", "b"]), strings([], ["-"])],
      output: .string)
    #expect(y == strings([2, 2], ["a", "b", "-", "-"]))
  }
}
