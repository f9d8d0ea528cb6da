import ModelFormat
import Tensors
import Testing

@Suite("Mul, Div, Max, ReduceSum and data movement of the CPU backend")
struct PatternOperatorsTests {
  @Test("Integer Div truncates towards zero and never traps")
  func divIntegers() throws {
    let y = try run(
      "Div", opset: 14,
      [
        integers(.i32, [5], [7, -7, 7, -2_147_483_648, 1]),
        integers(.i32, [5], [2, 2, -2, -1, 0]),
      ], output: .i32)
    #expect(y == integers(.i32, [5], [3, -3, -3, -2_147_483_648, 0]))
  }

  @Test("Mul of unsigned 16-bit integers wraps around")
  func mulWraps() throws {
    let y = try run(
      "Mul", opset: 14, [integers(.u16, [2], [256, 3]), integers(.u16, [1], [257])],
      output: .u16)
    #expect(y == integers(.u16, [2], [256, 771]))
  }

  @Test("Max gives NaN wherever it stands", arguments: [0, 1, 2])
  func maxPropagatesNaN(position: Int) throws {
    var inputs = [1.0, 2, 3].map { floats(.f32, [1], [$0]) }
    inputs[position] = floats(.f32, [1], [.nan])
    let y = try run("Max", opset: 13, inputs, output: .f32)
    #expect(y.doubles?.first?.isNaN == true)
  }

  @Test("Max of one tensor is the tensor, of three the largest element")
  func maxIsVariadic() throws {
    let x = integers(.u8, [2], [1, 250])
    #expect(try run("Max", opset: 13, [x], output: .u8) == x)
    let y = try run(
      "Max", opset: 13, [x, integers(.u8, [], [9]), integers(.u8, [2], [3, 255])], output: .u8)
    #expect(y == integers(.u8, [2], [9, 255]))
  }

  @Test("ReduceSum takes axes as attribute before version 13 and as input after")
  func reduceSumAxes() throws {
    let x = floats(.f32, [2, 3], [1, 2, 3, 4, 5, 6])
    let older = try run(
      "ReduceSum", opset: 11, [x], attributes: ["axes": .ints([-1])], output: .f32)
    #expect(older == floats(.f32, [2, 1], [6, 15]))
    let newer = try run(
      "ReduceSum", opset: 13, [x, integers(.i64, [1], [0])], attributes: ["keepdims": .int(0)],
      output: .f32)
    #expect(newer == floats(.f32, [3], [5, 7, 9]))
  }

  @Test("ReduceSum of nothing is zero, without axes it takes all or none")
  func reduceSumEdges() throws {
    let empty = try run(
      "ReduceSum", opset: 13, [floats(.f32, [2, 0], []), integers(.i64, [1], [1])],
      output: .f32)
    #expect(empty == floats(.f32, [2, 1], [0, 0]))
    let x = floats(.f32, [2], [1, 2])
    let noAxes = integers(.i64, [0], [])
    #expect(
      try run("ReduceSum", opset: 13, [x, noAxes], output: .f32) == floats(.f32, [1], [3]))
    let noop = try run(
      "ReduceSum", opset: 13, [x, noAxes], attributes: ["noop_with_empty_axes": .int(1)],
      output: .f32)
    #expect(noop == x)
  }

  @Test("ReduceSum of 65,536 half-precision ones overflows only in the result")
  func reduceSumAccumulatesWide() throws {
    let ones = [Double](repeating: 1, count: 65_536)
    let less = [Double](repeating: -1, count: 65_535)
    let y = try run("ReduceSum", opset: 13, [floats(.f16, [131_071], ones + less)], output: .f16)
    #expect(y == floats(.f16, [1], [1]))
  }

  @Test(
    "ReduceSum refuses an axis outside the rank or given twice", arguments: [[2], [-3], [0, -2]])
  func reduceSumAxesChecked(axes: [Int128]) {
    expectError(.invalidInput) {
      _ = try run(
        "ReduceSum", opset: 13,
        [floats(.f32, [1, 1], [0]), integers(.i64, [axes.count], axes)], output: .f32)
    }
  }

  @Test(
    "Transpose moves elements of every width",
    arguments: [ElementType.u2, .i4, .u8, .f16, .f32, .f64])
  func transposeWidths(type: ElementType) throws {
    let codes: [UInt64] = [0, 1, 2, 3, 1, 2]
    let x = try #require(Tensor(type: type, shape: [2, 3], codes: codes))
    let expected = try #require(Tensor(type: type, shape: [3, 2], codes: [0, 3, 1, 1, 2, 2]))
    #expect(try run("Transpose", opset: 25, [x], output: type) == expected)
  }

  @Test("Transpose moves strings and obeys perm")
  func transposeStrings() throws {
    let x = strings([1, 2, 2], ["a", "b", "c", "d"])
    let y = try run(
      "Transpose", opset: 13, [x], attributes: ["perm": .ints([2, 0, 1])], output: .string)
    #expect(y == strings([2, 1, 2], ["a", "c", "b", "d"]))
  }

  @Test("Reshape infers -1, copies 0, and keeps 0 with allowzero")
  func reshapeRules() throws {
    let x = integers(.u8, [2, 3], [0, 1, 2, 3, 4, 5])
    let y = try run("Reshape", opset: 13, [x, integers(.i64, [3], [0, -1, 1])], output: .u8)
    #expect(y == integers(.u8, [2, 3, 1], [0, 1, 2, 3, 4, 5]))
    let empty = integers(.u8, [0, 3], [])
    let kept = try run(
      "Reshape", opset: 14, [empty, integers(.i64, [2], [3, 0])],
      attributes: ["allowzero": .int(1)], output: .u8)
    #expect(kept.shape == [3, 0])
  }

  @Test(
    "Reshape refuses counts that do not match",
    arguments: [[4], [-1, 4], [0, 0, 0], [4_294_967_296, 4_294_967_296]])
  func reshapeRefuses(shape: [Int128]) {
    expectError(.invalidInput) {
      _ = try run(
        "Reshape", opset: 14,
        [integers(.u8, [2, 3], [0, 1, 2, 3, 4, 5]), integers(.i64, [shape.count], shape)],
        output: .u8)
    }
  }

  @Test("Concat joins along a negative axis and skips empty tensors")
  func concatNegativeAxis() throws {
    let y = try run(
      "Concat", opset: 13,
      [
        integers(.i16, [2, 1], [1, 4]), integers(.i16, [2, 0], []),
        integers(.i16, [2, 2], [2, 3, 5, 6]),
      ], attributes: ["axis": .int(-1)], output: .i16)
    #expect(y == integers(.i16, [2, 3], [1, 2, 3, 4, 5, 6]))
  }

  @Test("Concat refuses other dimensions that differ")
  func concatRefuses() {
    expectError(.invalidInput) {
      _ = try run(
        "Concat", opset: 13, [floats(.f32, [1, 2], [1, 2]), floats(.f32, [1, 1], [1])],
        attributes: ["axis": .int(0)], output: .f32)
    }
  }
}
