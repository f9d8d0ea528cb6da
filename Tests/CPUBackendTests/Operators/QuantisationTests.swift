import ModelFormat
import Tensors
import Testing

@Suite("Quantisation of the CPU backend")
struct QuantisationTests {
  private func quantised(
    _ x: Tensor, _ scale: Tensor, _ zero: Tensor? = nil, opset: Int64 = 25,
    attributes: [String: Attribute] = [:], to type: ElementType
  ) throws -> Tensor {
    try run(
      "QuantizeLinear", opset: opset, [x, scale, zero], attributes: attributes, output: type)
  }

  @Test("Ties go to even, and the zero point is added afterwards", arguments: [10, 13, 19, 21, 25])
  func tiesToEven(opset: Int64) throws {
    let x = floats(.f32, [6], [1, 3, 5, -1, -3, 1000])
    let y = try quantised(
      x, floats(.f32, [], [2]), integers(.u8, [], [3]), opset: opset, to: .u8)
    // Quotients 0.5, 1.5, 2.5, -0.5, -1.5, 500.
    #expect(y == integers(.u8, [6], [3, 5, 5, 3, 1, 255]))
  }

  @Test("A quotient is divided, not multiplied by a reciprocal")
  func division() throws {
    // The quotient 6.5 is a tie; 45.5 times the float32 reciprocal of 7 is above it.
    let x = floats(.f32, [1], [45.5])
    let y = try quantised(x, floats(.f32, [], [7]), integers(.i8, [], [0]), to: .i8)
    #expect(y == integers(.i8, [1], [6]))
  }

  @Test("Neither a zero scale nor infinity nor NaN traps")
  func specials() throws {
    let x = floats(.f32, [4], [.infinity, -.infinity, .nan, 0])
    let one = try quantised(x, floats(.f32, [], [1]), integers(.i8, [], [5]), to: .i8)
    #expect(one == integers(.i8, [4], [127, -128, 5, 5]))
    let none = try quantised(x, floats(.f32, [], [0]), integers(.i8, [], [5]), to: .i8)
    #expect(none == integers(.i8, [4], [127, -128, 5, 5]))
  }

  @Test("Each slice along an axis has its own scale and zero point")
  func perAxis() throws {
    let x = floats(.f32, [2, 3], [1, 2, 3, 4, 5, 6])
    let y = try quantised(
      x, floats(.f32, [3], [1, 2, 0.5]), integers(.u8, [3], [0, 10, 20]),
      attributes: ["axis": .int(-1)], to: .u8)
    #expect(y == integers(.u8, [2, 3], [1, 11, 26, 4, 12, 32]))
    expectError(.invalidInput) {
      _ = try quantised(
        x, floats(.f32, [3], [1, 2, 4]), integers(.u8, [3], [0, 0, 0]),
        attributes: ["axis": .int(0)], to: .u8)
    }
  }

  @Test("Blocks share a scale, the last one may be short")
  func blocks() throws {
    let x = floats(.f32, [2, 3], [2, 4, 6, 8, 10, 12])
    let scale = floats(.f32, [2, 2], [1, 2, 4, 3])
    let attributes: [String: Attribute] = ["axis": .int(1), "block_size": .int(2)]
    let y = try quantised(
      x, scale, attributes: attributes.merging(["output_dtype": .int(22)]) { $1 }, to: .i4)
    #expect(y == integers(.i4, [2, 3], [2, 4, 3, 2, 2, 4]))
    let back = try run(
      "DequantizeLinear", opset: 25, [y, scale], attributes: attributes, output: .f32)
    #expect(back == floats(.f32, [2, 3], [2, 4, 6, 8, 8, 12]))
    expectError(.invalidInput) {
      _ = try quantised(x, floats(.f32, [2, 1], [1, 1]), attributes: attributes, to: .u8)
    }
  }

  @Test("Narrow and wide integer types saturate at their own ends")
  func integerTypes() throws {
    let x = floats(.f32, [3], [-1e9, 1, 1e9])
    let ends: [(ElementType, Int128, Int128)] = [
      (.i2, -2, 1), (.u2, 0, 3), (.i4, -8, 7), (.u4, 0, 15), (.i16, -32768, 32767),
      (.u16, 0, 65535),
    ]
    for (type, low, high) in ends {
      let y = try quantised(x, floats(.f32, [], [1]), integers(type, [], [0]), to: type)
      #expect(y == integers(type, [3], [low, 1, high]))
    }
  }

  @Test("float8 saturates or overflows as the attribute says; float4 always saturates")
  func floatTypes() throws {
    let x = floats(.f32, [3], [2, 3000, -3000])
    let two = floats(.f32, [], [2])
    let zero = floats(.e4m3fn, [], [0])
    #expect(try quantised(x, two, zero, to: .e4m3fn) == floats(.e4m3fn, [3], [1, 448, -448]))
    let open = try quantised(x, two, zero, attributes: ["saturate": .int(0)], to: .e4m3fn)
    #expect(open.doubles?[1].isNaN == true)
    #expect(
      try quantised(x, two, floats(.e2m1, [], [0]), to: .e2m1) == floats(.e2m1, [3], [1, 6, -6]))
  }

  @Test("int32 is quantised exactly; stated types must agree")
  func wideInput() throws {
    let x = integers(.i32, [2], [16_777_217, -7])
    let y = try quantised(x, floats(.f32, [], [16_777_216]), opset: 13, to: .u8)
    #expect(y == integers(.u8, [2], [1, 0]))
    expectError(.invalidModel) {
      _ = try quantised(
        x, floats(.f32, [], [1]), integers(.u8, [], [0]), attributes: ["output_dtype": .int(3)],
        to: .u8)
    }
  }

  @Test("Dequantising rounds the exact product once")
  func dequantise() throws {
    let y = try run(
      "DequantizeLinear", opset: 13,
      [integers(.u8, [3], [0, 128, 255]), floats(.f32, [], [2]), integers(.u8, [], [128])],
      output: .f32)
    #expect(y == floats(.f32, [3], [-256, 0, 254]))
    // The product is a tie of float32 plus 1, which float64 loses.
    let wide = try run(
      "DequantizeLinear", opset: 13,
      [integers(.i32, [1], [1_549_096_277]), floats(.f32, [], [16_777_213])], output: .f32)
    #expect(wide == floats(.f32, [1], [24_204_626 * 0x1p30]))
    let half = try run(
      "DequantizeLinear", opset: 23, [integers(.i8, [1], [3]), floats(.f32, [], [0.5])],
      attributes: ["output_dtype": .int(10)], output: .f16)
    #expect(half == floats(.f16, [1], [1.5]))
  }

  @Test("A scale of powers of two needs a stated output type")
  func powerOfTwoScale() throws {
    let x = floats(.e2m1, [2], [6, -0.5])
    let scale = floats(.e8m0, [], [4])
    let y = try run(
      "DequantizeLinear", opset: 24, [x, scale], attributes: ["output_dtype": .int(1)],
      output: .f32)
    #expect(y == floats(.f32, [2], [24, -2]))
    expectError(.invalidModel) {
      _ = try run("DequantizeLinear", opset: 24, [x, scale], output: .f32)
    }
  }

  @Test("Dynamic quantisation widens the range to contain 0")
  func dynamic() throws {
    func quantise(_ values: [Double]) throws -> [Tensor] {
      try run(
        "DynamicQuantizeLinear", opset: 11, [floats(.f32, [values.count], values)],
        outputs: [.u8, .f32, .u8])
    }
    #expect(
      try quantise([255, 51, 102]) == [
        integers(.u8, [3], [255, 51, 102]), floats(.f32, [], [1]), integers(.u8, [], [0]),
      ])
    #expect(
      try quantise([-100, 155]) == [
        integers(.u8, [2], [0, 255]), floats(.f32, [], [1]), integers(.u8, [], [100]),
      ])
    #expect(
      try quantise([0, 0]) == [
        integers(.u8, [2], [0, 0]), floats(.f32, [], [0]), integers(.u8, [], [0]),
      ])
    #expect(try quantise([.nan, 1])[0].count == 2)
    #expect(try quantise([])[0].count == 0)
  }

  @Test("MatMulInteger takes zero points for operands, rows and columns")
  func matMulInteger() throws {
    let a = integers(.u8, [2, 2], [1, 2, 3, 4])
    let b = integers(.i8, [2, 2], [1, -1, 2, -2])
    let plain = try run("MatMulInteger", opset: 10, [a, b], output: .i32)
    #expect(plain == integers(.i32, [2, 2], [5, -5, 11, -11]))
    let lines = try run(
      "MatMulInteger", opset: 10,
      [a, b, integers(.u8, [2], [1, 3]), integers(.i8, [2], [1, -1])], output: .i32)
    // Rows [0 1] and [0 1], columns [0 1] and [0 -1].
    #expect(lines == integers(.i32, [2, 2], [1, -1, 1, -1]))
    expectError(.invalidInput) {
      _ = try run(
        "MatMulInteger", opset: 10, [a, b, integers(.u8, [3], [1, 2, 3])], output: .i32)
    }
    expectError(.invalidInput) {
      _ = try run("MatMulInteger", opset: 10, [a, integers(.i8, [1, 2], [1, 1])], output: .i32)
    }
  }

  @Test("Empty operands, vectors and batches have products")
  func productShapes() throws {
    let empty = try run(
      "MatMulInteger", opset: 10, [integers(.u8, [2, 0], []), integers(.u8, [0, 1], [])],
      output: .i32)
    #expect(empty == integers(.i32, [2, 1], [0, 0]))
    let inner = try run(
      "MatMulInteger", opset: 10, [integers(.u8, [2], [2, 3]), integers(.u8, [2], [4, 5])],
      output: .i32)
    #expect(inner == integers(.i32, [], [23]))
    let batch = try run(
      "MatMulInteger", opset: 10,
      [integers(.u8, [2, 1, 1], [2, 3]), integers(.u8, [1, 1], [4])],
      output: .i32)
    #expect(batch == integers(.i32, [2, 1, 1], [8, 12]))
  }

  @Test("QLinearMatMul quantises the exact sums", arguments: [10, 21])
  func qLinearMatMul(opset: Int64) throws {
    let (a, b) = (integers(.u8, [2, 2], [1, 2, 3, 4]), integers(.u8, [2, 2], [1, 2, 3, 4]))
    let (one, zero) = (floats(.f32, [], [1]), integers(.u8, [], [0]))
    let y = try run(
      "QLinearMatMul", opset: opset, [a, one, zero, b, one, zero, floats(.f32, [], [2]), zero],
      output: .u8)
    // Sums 7, 10, 15, 22.
    #expect(y == integers(.u8, [2, 2], [4, 5, 8, 11]))
    let lines = try run(
      "QLinearMatMul", opset: opset,
      [
        a, floats(.f32, [2], [1, 100]), integers(.u8, [2], [0, 0]), b,
        floats(.f32, [2], [1, 0.5]), integers(.u8, [2], [0, 0]), one, integers(.u8, [], [1]),
      ], output: .u8)
    #expect(lines == integers(.u8, [2, 2], [8, 6, 255, 255]))
  }
}
