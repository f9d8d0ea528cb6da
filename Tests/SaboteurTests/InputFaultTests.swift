import ModelFormat
import Tensors
import Testing

@Suite("Faults on what enters")
struct InputFaultTests {
  private let product = "g (float[1,3] A, float[3,2] B) => (float[1,2] Y) { Y = MatMul(A, B) }"

  @Test(
    "Terms of a sum left out or counted twice",
    arguments: [
      ("last-term-dropped", [5, 14]), ("last-term-doubled", [35, 194]),
      ("weight-row-dropped", [5, 14]),
    ] as [(String, [Double])])
  func terms(_ name: String, _ expected: [Double]) throws {
    // 1·1 + 2·2 + 3·5 = 20 and 1·10 + 2·2 + 3·30 = 104.
    let model = try TinyModel(
      product, [floats([1, 2, 3], [1, 3]), floats([1, 10, 2, 2, 5, 30], [3, 2])])
    #expect(try model.numbers(name) == expected)
  }

  @Test("A constant of the model is changed like an input")
  func constants() throws {
    let constant = try TinyModel(
      "g (float[1,3] A) => (float[1,2] Y) <float[3,2] B = {1, 10, 2, 2, 5, 30}> "
        + "{ Y = MatMul(A, B) }", [floats([1, 2, 3], [1, 3])])
    #expect(try constant.numbers("weight-row-dropped") == [5, 14])
  }

  @Test(
    "Rounding of inputs, by hand", arguments: [("inputs-bf16", 1.0), ("inputs-f16", 1 + 0x1p-9)])
  func rounding(_ name: String, _ expected: Double) throws {
    let model = try TinyModel(
      "g (float[1] X) => (float[1] Y) { Y = Concat<axis = 0>(X) }", [floats([1 + 0x1p-9 + 0x1p-20])]
    )
    #expect(try model.numbers(name) == [expected])
  }

  @Test("An operand is spread along the wrong axis of a square")
  func broadcasting() throws {
    let model = try TinyModel(
      "g (float[2,2] A, float[2] B) => (float[2,2] Y) { Y = Add(A, B) }",
      [floats([0, 0, 0, 0], [2, 2]), floats([1, 2])])
    #expect(try model.numbers("broadcast-on-wrong-axis") == [1, 1, 2, 2])
  }

  @Test("Indices: off by one, clamped; a run that fails has no wrong result to show")
  func indices() throws {
    let text = "g (float[3] X, int64[1] I) => (float[1] Y) { Y = Gather(X, I) }"
    let first = try TinyModel(text, [floats([5, 6, 7]), integers([0])])
    #expect(try first.numbers("index-inputs-plus-one") == [6])
    let last = try TinyModel(text, [floats([5, 6, 7]), integers([-1])])
    #expect(try last.numbers("negative-indices-clamped") == [5])
    let outside = try TinyModel(text, [floats([5, 6, 7]), integers([2])])
    #expect(try outside.wrong(try fault("index-inputs-plus-one")) == outside.right())
  }

  @Test("Zero points by the name of the standard's parameter")
  func zeroPoints() throws {
    let model = try TinyModel(
      "g (uint8[2] x, float s, uint8 z) => (float[2] y) { y = DequantizeLinear(x, s, z) }",
      [integers([10, 20], nil, .u8), floats([2], []), integers([5], [], .u8)])
    #expect(try model.numbers("zero-point-ignored") == [20, 40])
    let without = try TinyModel(
      "g (uint8[2] x, float s) => (float[2] y) { y = DequantizeLinear(x, s) }",
      [integers([10, 20], nil, .u8), floats([2], [])])
    #expect(try without.wrong(try fault("zero-point-ignored")) == nil)
  }
}
