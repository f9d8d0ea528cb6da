import ModelFormat
import Tensors
import Testing

@Suite("Add, Softmax and MatMul of the CPU backend")
struct FirstOperatorsTests {
  @Test("Add broadcasts both operands", arguments: [ElementType.f32, .f64, .f16, .bf16])
  func addBroadcasts(type: ElementType) throws {
    let y = try run(
      "Add", opset: 14,
      [floats(type, [2, 1], [1, 10]), floats(type, [3], [0, 0.5, -1])], output: type)
    #expect(y == floats(type, [2, 3], [1, 1.5, 0, 10, 10.5, 9]))
  }

  @Test("Add of integers wraps around")
  func addWraps() throws {
    let y = try run(
      "Add", opset: 14, [integers(.i8, [2], [127, -128]), integers(.i8, [], [1])], output: .i8)
    #expect(y == integers(.i8, [2], [-128, -127]))
  }

  @Test("Add of shapes that do not broadcast is refused")
  func addRefusesShapes() throws {
    expectError(.invalidInput) {
      _ = try run(
        "Add", opset: 14, [floats(.f32, [2], [1, 2]), floats(.f32, [3], [1, 2, 3])],
        output: .f32)
    }
  }

  @Test("Softmax-13 normalises one axis, Softmax-11 all axes from the given one")
  func softmaxVersions() throws {
    let x = floats(.f32, [1, 2, 2], [0, 0, 0, 0])
    let newest = try run(
      "Softmax", opset: 13, [x], attributes: ["axis": .int(1)], output: .f32)
    #expect(newest == floats(.f32, [1, 2, 2], [0.5, 0.5, 0.5, 0.5]))
    let older = try run(
      "Softmax", opset: 11, [x], attributes: ["axis": .int(1)], output: .f32)
    #expect(older == floats(.f32, [1, 2, 2], [0.25, 0.25, 0.25, 0.25]))
  }

  @Test("A fully masked Softmax row is NaN and leaves its neighbour alone")
  func softmaxMaskedRow() throws {
    let x = floats(.f32, [2, 2], [-.infinity, -.infinity, 7, -.infinity])
    let y = try run("Softmax", opset: 13, [x], output: .f32)
    let values = try #require(y.doubles)
    #expect(values[0].isNaN && values[1].isNaN)
    #expect(Array(values[2...]) == [1, 0])
  }

  @Test("MatMul broadcasts its batch axes", arguments: [ElementType.f32, .f64, .f16, .bf16])
  func matMulBatches(type: ElementType) throws {
    let a = floats(type, [2, 1, 2], [1, 2, 3, 4])
    let b = floats(type, [2, 2], [1, 0, 10, 1])
    let y = try run("MatMul", opset: 13, [a, b], output: type)
    #expect(y == floats(type, [2, 1, 2], [21, 2, 43, 4]))
  }

  @Test("MatMul of vectors is a scalar, of integers exact modulo 2^32")
  func matMulVectors() throws {
    let y = try run(
      "MatMul", opset: 13,
      [integers(.i32, [2], [65536, 3]), integers(.i32, [2], [65536, 5])], output: .i32)
    #expect(y == integers(.i32, [], [15]))
  }

  @Test("MatMul over an empty inner axis gives zeros")
  func matMulEmptySum() throws {
    let y = try run(
      "MatMul", opset: 13, [floats(.f32, [1, 0], []), floats(.f32, [0, 2], [])], output: .f32)
    #expect(y == floats(.f32, [1, 2], [0, 0]))
  }
}
