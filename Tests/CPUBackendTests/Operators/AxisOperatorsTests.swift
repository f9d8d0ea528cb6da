import ModelFormat
import Tensors
import Testing

@Suite("Operators along axes of the CPU backend")
struct AxisOperatorsTests {
  private let x = integers(.i32, [2, 3], [1, 2, 3, 4, 5, 6])

  @Test("Gather takes slices, negative indices from the end")
  func gather() throws {
    let y = try run(
      "Gather", opset: 13, [x, integers(.i64, [2], [-1, 0])], attributes: ["axis": .int(1)],
      output: .i32)
    #expect(y == integers(.i32, [2, 2], [3, 1, 6, 4]))
  }

  @Test("Gather refuses an index outside", arguments: [2, -3, 9_223_372_036_854_775_807])
  func gatherOutside(index: Int128) {
    expectError(.invalidInput) {
      _ = try run("Gather", opset: 13, [x, integers(.i64, [1], [index])], output: .i32)
    }
  }

  @Test(
    "Slice limits starts and ends and walks backwards",
    arguments: [
      (1, 100, 1, [2, 3]), (-100, 2, 1, [1, 2]), (2, -100, -1, [3, 2, 1]), (2, 0, -1, [3, 2]),
      (5, 6, 1, []), (0, Int64.max, 2, [1, 3]), (Int64.max, Int64.min, -2, [3, 1]),
    ] as [(Int64, Int64, Int64, [Int128])])
  func slice(start: Int64, end: Int64, step: Int64, expected: [Int128]) throws {
    let y = try run(
      "Slice", opset: 13,
      [
        integers(.i32, [3], [1, 2, 3]), integers(.i64, [1], [Int128(start)]),
        integers(.i64, [1], [Int128(end)]), integers(.i64, [1], [0]),
        integers(.i64, [1], [Int128(step)]),
      ], output: .i32)
    #expect(y == integers(.i32, [expected.count], expected))
  }

  @Test(
    "Pad fills, mirrors, repeats and continues",
    arguments: [
      ("constant", [0, 0, 0, 1, 2, 3, 0]), ("reflect", [2, 3, 2, 1, 2, 3, 2]),
      ("edge", [1, 1, 1, 1, 2, 3, 3]), ("wrap", [1, 2, 3, 1, 2, 3, 1]),
    ] as [(String, [Int128])])
  func pad(mode: String, expected: [Int128]) throws {
    let y = try run(
      "Pad", opset: 19, [integers(.i32, [3], [1, 2, 3]), integers(.i64, [2], [3, 1])],
      attributes: ["mode": .string(mode)], output: .i32)
    #expect(y == integers(.i32, [7], expected))
  }

  @Test("Pad takes a value and removes with negative amounts")
  func padNegative() throws {
    let y = try run(
      "Pad", opset: 18,
      [x, integers(.i64, [2], [-1, 1]), integers(.i32, [], [9]), integers(.i64, [1], [1])],
      output: .i32)
    #expect(y == integers(.i32, [2, 3], [2, 3, 9, 5, 6, 9]))
  }

  @Test("CumSum runs from either end and can leave the element out")
  func cumSum() throws {
    let axis = integers(.i64, [], [-1])
    let y = try run(
      "CumSum", opset: 14, [x, axis], attributes: ["reverse": .int(1), "exclusive": .int(1)],
      output: .i32)
    #expect(y == integers(.i32, [2, 3], [5, 3, 0, 11, 6, 0]))
    let special = try run(
      "CumSum", opset: 14, [floats(.f32, [3], [1, .infinity, 2]), axis],
      attributes: ["exclusive": .int(1)], output: .f32)
    #expect(special == floats(.f32, [3], [0, 1, .infinity]))
  }

  @Test("ArgMax takes the first of equals, or the last; NaN wins everywhere")
  func argMax() throws {
    let x = floats(.f32, [2, 3], [1, 5, 5, .nan, 7, 8])
    let first = try run(
      "ArgMax", opset: 13, [x], attributes: ["axis": .int(1), "keepdims": .int(0)], output: .i64)
    #expect(first == integers(.i64, [2], [1, 0]))
    let last = try run(
      "ArgMax", opset: 13, [x],
      attributes: ["axis": .int(1), "select_last_index": .int(1)], output: .i64)
    #expect(last == integers(.i64, [2, 1], [2, 0]))
  }

  @Test("ReduceMean of 65,536 half-precision ones is one")
  func reduceMean() throws {
    let ones = floats(.f16, [65_536], [Double](repeating: 1, count: 65_536))
    #expect(try run("ReduceMean", opset: 18, [ones], output: .f16) == floats(.f16, [1], [1]))
  }

  @Test("ReduceMax finds NaN in any place and the extreme of nothing", arguments: 0..<3)
  func reduceMax(place: Int) throws {
    var values = [-3.0, -2, -1]
    let axes = integers(.i64, [1], [0])
    let y = try run("ReduceMax", opset: 20, [floats(.f32, [3], values), axes], output: .f32)
    #expect(y == floats(.f32, [1], [-1]))
    values[place] = .nan
    let z = try run("ReduceMax", opset: 20, [floats(.f32, [3], values), axes], output: .f32)
    #expect(z.doubles?[0].isNaN == true)
    let none = try run("ReduceMax", opset: 20, [floats(.f32, [0], []), axes], output: .f32)
    #expect(none == floats(.f32, [1], [-.infinity]))
  }

  @Test("ReduceLogSumExp survives large, infinite and missing terms")
  func reduceLogSumExp() throws {
    let x = floats(.f32, [3, 2], [1000, 1000, -.infinity, -.infinity, .infinity, 0])
    let y = try run(
      "ReduceLogSumExp", opset: 18, [x, integers(.i64, [1], [1])],
      attributes: ["keepdims": .int(0)], output: .f32)
    #expect(y == floats(.f32, [3], [1000 + 0x1.62e42fefa39efp-1, -.infinity, .infinity]))
  }

  @Test("LogSoftmax stays finite where the softmax underflows")
  func logSoftmax() throws {
    let y = try run("LogSoftmax", opset: 13, [floats(.f32, [2], [0, 200])], output: .f32)
    #expect(y == floats(.f32, [2], [-200, 0]))
  }

  @Test("CastLike takes the type of its second input")
  func castLike() throws {
    let y = try run(
      "CastLike", opset: 21, [floats(.f32, [2], [1.5, -2.5]), integers(.i8, [0], [])],
      output: .i8)
    #expect(y == integers(.i8, [2], [1, -2]))
  }

  @Test("An empty tensor of absurd size is refused")
  func absurdEmptyTensor() throws {
    expectError(.outOfMemory) {
      _ = try run(
        "Reshape", opset: 14,
        [
          integers(.u8, [0], []),
          integers(.i64, [3], [0, 4_294_967_296, 4_294_967_296]),
        ], attributes: ["allowzero": .int(1)], output: .u8)
    }
  }
}
