import ModelFormat
import Spec
import Tensors
import Testing

@Suite("Matrix products and convolutions")
struct ProductTests {
  @Test("MatMul drops the dimensions it added to rows and columns, and broadcasts batches")
  func matMulShapes() throws {
    // [1 2 3; 4 5 6]·(1, 0, −1) = (−2, −2); (1, 2, 3)·(1, 0, −1) = −2.
    let column = try Value.reals([1, 0, -1])
    let matrix = SingleCall("MatMul", 13, [try .reals([1, 2, 3, 4, 5, 6], [2, 3]), column])
    #expect(try matrix.shape() == [2])
    #expect(try matrix.reals() == [-2, -2])
    let dot = SingleCall("MatMul", 13, [try .reals([1, 2, 3]), column])
    #expect(try dot.shape() == [])
    #expect(try dot.reals() == [-2])
    let batches = SingleCall(
      "MatMul", 13,
      [
        try .reals([Double](repeating: 1, count: 12), [2, 1, 2, 3]),
        try .reals([Double](repeating: 2, count: 9), [3, 3, 1]),
      ])
    #expect(try batches.shape() == [2, 3, 2, 1])
    #expect(try batches.reals() == [Double](repeating: 6, count: 12))
  }

  @Test("Gemm applies alpha, beta and its broadcast bias")
  func gemm() throws {
    // A·A = [7 10; 15 22]; ·½ = [3.5 5; 7.5 11]; + 2·(1, −1) = [5.5 3; 9.5 9].
    let a = try Value.reals([1, 2, 3, 4], [2, 2])
    let call = SingleCall(
      "Gemm", 13, [a, a, try .reals([1, -1])], ["alpha": .float(0.5), "beta": .float(2)])
    #expect(try call.reals() == [5.5, 3, 9.5, 9])
  }

  @Test("Gemm transposes either operand")
  func gemmTransposed() throws {
    // Aᵀ·Aᵀ = (A·A)ᵀ = [7 15; 10 22].
    let a = try Value.reals([1, 2, 3, 4], [2, 2])
    let both = SingleCall("Gemm", 13, [a, a], ["transA": .int(1), "transB": .int(1)])
    #expect(try both.reals() == [7, 15, 10, 22])
    // A row times its own transpose: 1·1 + 2·2 + 3·3 = 14.
    let row = try Value.reals([1, 2, 3], [1, 3])
    #expect(try SingleCall("Gemm", 13, [row, row], ["transB": .int(1)]).reals() == [14])
    #expect(SingleCall("Gemm", 13, [row, row]).refusal() == .invalid)
  }

  @Test("Einsum takes diagonals, traces and products")
  func einsum() throws {
    let a = try Value.reals([1, 2, 3, 4], [2, 2])
    func sum(_ equation: String, _ inputs: [Value]) -> SingleCall {
      SingleCall("Einsum", 12, inputs, ["equation": .string(equation)])
    }
    #expect(try sum("ii->i", [a]).reals() == [1, 4])
    #expect(try sum("ii", [a]).reals() == [5])
    #expect(try sum("ij->ji", [a]).reals() == [1, 3, 2, 4])
    #expect(try sum("ij,jk->ik", [a, a]).reals() == [7, 10, 15, 22])
    #expect(try sum("ba", [a]).reals() == [1, 3, 2, 4], "without an arrow indices are sorted")
    #expect(sum("ij,jk->ik", [a]).refusal() == .invalid)
    #expect(sum("ij->ijk", [a]).refusal() == .invalid)
  }

  @Test("Conv with pads reads zeros beyond the border and does not flip its filter")
  func conv() throws {
    // Padded 0 1 2 3 0 under (1, 10): 10, 1 + 20, 2 + 30, 3.
    let x = try Value.reals([1, 2, 3], [1, 1, 3])
    let w = try Value.reals([1, 10], [1, 1, 2])
    let padded = SingleCall("Conv", 11, [x, w], ["pads": .ints([1, 1])])
    #expect(try padded.reals() == [10, 21, 32, 3])
    #expect(try padded.shape() == [1, 1, 4])
    let strided = SingleCall(
      "Conv", 11, [x, w, try .reals([100])], ["pads": .ints([1, 1]), "strides": .ints([2])])
    #expect(try strided.reals() == [110, 132])
    // Dilated by 2 the filter spans 1 _ 3: 1 + 30.
    #expect(try SingleCall("Conv", 11, [x, w], ["dilations": .ints([2])]).reals() == [31])
  }

  @Test("Conv by groups keeps channels apart")
  func groups() throws {
    let x = try Value.reals([1, 2, 3, 4], [1, 2, 2])
    let w = try Value.reals([2, 3], [2, 1, 1])
    #expect(try SingleCall("Conv", 11, [x, w], ["group": .int(2)]).reals() == [2, 4, 9, 12])
    #expect(SingleCall("Conv", 11, [x, w]).refusal() == .invalid)
  }

  @Test("ConvTranspose scatters its filter")
  func convTranspose() throws {
    // Each pixel leaves pixel·(1, 10); with stride 1 the two copies overlap in the middle.
    let x = try Value.reals([1, 2], [1, 1, 2])
    let w = try Value.reals([1, 10], [1, 1, 2])
    #expect(try SingleCall("ConvTranspose", 11, [x, w]).reals() == [1, 12, 20])
    let strided = SingleCall("ConvTranspose", 11, [x, w], ["strides": .ints([2])])
    #expect(try strided.reals() == [1, 10, 2, 20])
    let cut = SingleCall(
      "ConvTranspose", 11, [x, w], ["strides": .ints([2]), "pads": .ints([1, 0])])
    #expect(try cut.reals() == [10, 2, 20])
  }

  @Test("MatMulInteger subtracts zero points before it multiplies")
  func matMulInteger() throws {
    // (1 − 1)·3 + (2 − 1)·4 = 4.
    let product = SingleCall(
      "MatMulInteger", 10,
      [
        try .integers([1, 2], [1, 2], type: .u8), try .integers([3, 4], [2, 1], type: .u8),
        try .integers([1], [], type: .u8),
      ])
    #expect(try product.integers() == [4])
    #expect(try product.tensor().type == .i32)
  }
}
