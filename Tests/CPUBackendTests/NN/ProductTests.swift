import ModelFormat
import Tensors
import Testing

@Suite("Gemm and Einsum of the CPU backend")
struct ProductTests {
  private static let floatTypes: [ElementType] = [.f32, .f64, .f16, .bf16]

  @Test("Gemm transposes, scales and adds", arguments: floatTypes)
  func gemm(type: ElementType) throws {
    let y = try run(
      "Gemm", opset: 13,
      [
        floats(type, [2, 1], [1, 2]), floats(type, [3, 2], [1, 0, 0, 1, 1, 1]),
        floats(type, [3], [2, 4, 8]),
      ],
      attributes: [
        "transA": .int(1), "transB": .int(1), "alpha": .float(2), "beta": .float(0.5),
      ], output: type)
    #expect(y == floats(type, [1, 3], [3, 6, 10]))
  }

  @Test("Integers of Gemm wrap around, fractions of alpha are cut off")
  func gemmIntegers() throws {
    let a = integers(.i32, [1, 2], [1 << 30, 3])
    let b = integers(.i32, [2, 1], [4, 5])
    #expect(
      try run("Gemm", opset: 11, [a, b], output: .i32) == integers(.i32, [1, 1], [15]))
    let halved = try run(
      "Gemm", opset: 11, [integers(.i32, [1, 1], [-3]), integers(.i32, [1, 1], [1])],
      attributes: ["alpha": .float(0.5)], output: .i32)
    #expect(halved == integers(.i32, [1, 1], [-1]))
  }

  @Test("An empty inner dimension leaves beta times C")
  func gemmEmpty() throws {
    let y = try run(
      "Gemm", opset: 13,
      [floats(.f32, [2, 0], []), floats(.f32, [0, 1], []), floats(.f32, [2, 1], [1, 2])],
      output: .f32)
    #expect(y == floats(.f32, [2, 1], [1, 2]))
  }

  @Test("Gemm refuses what does not fit", arguments: [[2, 3], [3], [1, 1, 1]] as [Shape])
  func gemmRefused(shape: Shape) {
    let c = floats(.f32, shape, Array(repeating: 0, count: shape.reduce(1, *)))
    expectError(.invalidInput) {
      _ = try run(
        "Gemm", opset: 13, [floats(.f32, [1, 1], [1]), floats(.f32, [1, 1], [1]), c],
        output: .f32)
    }
  }

  @Test(
    "Einsum of one operand",
    arguments: zip(
      ["ij->ji", "ij->i", "ii->i", "ii", "ij->", "... -> ...", "ji"],
      [[1.0, 3, 2, 4], [3, 7], [1, 4], [5], [10], [1, 2, 3, 4], [1, 3, 2, 4]]))
  func oneOperand(equation: String, expected: [Double]) throws {
    let y = try run(
      "Einsum", opset: 12, [floats(.f32, [2, 2], [1, 2, 3, 4])],
      attributes: ["equation": .string(equation)], output: .f32)
    #expect(try #require(y.doubles) == expected)
  }

  @Test("Einsum multiplies matrices, also implicitly and in batches", arguments: floatTypes)
  func products(type: ElementType) throws {
    let a = floats(type, [2, 1, 2], [1, 2, 3, 4])
    let b = floats(type, [2, 2], [1, 0, 10, 1])
    for equation in ["bij,jk->bik", "...ij,jk->...ik", "bij , jk"] {
      let y = try run(
        "Einsum", opset: 28, [a, b], attributes: ["equation": .string(equation)], output: type)
      #expect(y == floats(type, [2, 1, 2], [21, 2, 43, 4]))
    }
  }

  @Test("Three operands, and axes that only one operand has")
  func threeOperands() throws {
    let v = floats(.f32, [2], [1, 2])
    let m = floats(.f32, [2, 3], [1, 1, 1, 2, 2, 2])
    let y = try run(
      "Einsum", opset: 12, [v, m, v], attributes: ["equation": .string("i,ij,i->i")],
      output: .f32)
    // 1·3·1 and 2·6·2.
    #expect(y == floats(.f32, [2], [3, 24]))
  }

  @Test("Integers of Einsum wrap around")
  func integerEinsum() throws {
    let x = integers(.i8, [2], [100, 3])
    let y = try run(
      "Einsum", opset: 12, [x, x], attributes: ["equation": .string("i,i")], output: .i8)
    // 10,009 = 39·256 + 25.
    #expect(y == integers(.i8, [], [25]))
  }

  @Test("Ellipses broadcast and the sum over nothing is zero")
  func ellipsis() throws {
    let y = try run(
      "Einsum", opset: 12, [floats(.f32, [2, 1], [1, 2]), floats(.f32, [3], [1, 10, 100])],
      attributes: ["equation": .string("...,...->...")], output: .f32)
    #expect(y == floats(.f32, [2, 3], [1, 10, 100, 2, 20, 200]))
    let empty = try run(
      "Einsum", opset: 12, [floats(.f32, [2, 0], []), floats(.f32, [0], [])],
      attributes: ["equation": .string("ij,j->i")], output: .f32)
    #expect(empty == floats(.f32, [2], [0, 0]))
  }

  @Test(
    "Malformed equations are refused",
    arguments: ["ij->ik", "ij,j->i", "i", "ij->ii", "i.j", "ij-i", "i....j", "i1", "->->"])
  func malformed(equation: String) {
    #expect(throws: (any Error).self) {
      _ = try run(
        "Einsum", opset: 12, [floats(.f32, [2, 2], [1, 2, 3, 4])],
        attributes: ["equation": .string(equation)], output: .f32)
    }
  }
}
