import Tensors
import Testing

@Suite("Faults in the model")
struct ModelFaultTests {
  @Test("An ignored attribute has its default; ±1 and the sign move an axis")
  func attributes() throws {
    let model = try TinyModel(
      "g (float[2,2] X, int64 axis) => (float[2,2] Y) { Y = CumSum<reverse = 1>(X, axis) }",
      [floats([1, 2, 3, 4], [2, 2]), integers([1], [])])
    #expect(try model.right() == [.tensor(try #require(floats([3, 2, 7, 4], [2, 2])))])
    #expect(try model.numbers("attribute-ignored-1") == [1, 3, 3, 7])
    #expect(try model.numbers("attribute-plus-one-1") == [2, 0, 4, 0])
    #expect(try model.wrong(try fault("attribute-ignored-2")) == nil)
    let max = try TinyModel(
      "g (float[2,2] X) => (int64[2] Y) { Y = ArgMax<axis = 1, keepdims = 0>(X) }",
      [floats([1, 1, 3, 4], [2, 2])])
    #expect(try max.numbers("attribute-minus-one-1") == [1, 1])
    #expect(try max.wrong(try fault("attribute-ignored-2"))?.first?.tensor?.shape == [2, 1])
  }

  @Test(
    "A small term is missed beside a small variance, and is nothing beside a large one",
    arguments: [(1, false), (0x1p-8, true)])
  func smallTerms(_ deviation: Double, isSeen: Bool) throws {
    let model = try TinyModel(
      "g (float16[4] X, float16[4] S) => (float16[4] Y) { Y = LayerNormalization(X, S) }",
      [
        floats([-1, 0.31, 1, 1.9].map { $0 * deviation }, nil, .f16),
        floats([1.3, 0.7, -1.1, 0.9], nil, .f16),
      ])
    for name in ["small-term-ignored-1", "small-term-large-1"] {
      #expect(try (model.wrong(try fault(name)) != model.right()) == isSeen, "\(name)")
    }
  }

  @Test("Operands change places where that matters")
  func operands() throws {
    let quotient = try TinyModel(
      "g (float[1] A, float[1] B) => (float[1] Y) { Y = Div(A, B) }", [floats([1]), floats([4])])
    #expect(try quotient.numbers("operands-swapped") == [4])
    let sum = try TinyModel(
      "g (float[1] A, float[1] B) => (float[1] Y) { Y = Add(A, B) }", [floats([1]), floats([4])])
    #expect(try sum.wrong(try fault("operands-swapped")) == sum.right())
  }

  @Test("Softmax by its previous definition normalises everything after the axis")
  func previousVersion() throws {
    let model = try TinyModel(
      "g (float[2,2] X) => (float[2,2] Y) { Y = Softmax<axis = 0>(X) }",
      [floats([0, 0, 0, 0], [2, 2])])
    #expect(try model.numbers("previous-version") == [0.25, 0.25, 0.25, 0.25])
  }

  @Test("A trip more, counted by the loop itself")
  func loop() throws {
    let model = try TinyModel(
      """
      g (int64 M, float[1] X) => (float[1] Y) {
        Y = Loop<body = b (int64 i, bool c, float[1] s) => (bool d, float[1] t) {
          d = Equal(i, i)
          t = Add(s, s)
        }>(M, , X)
      }
      """, [integers([3], []), floats([1])])
    #expect(try model.numbers("loop-one-more-trip") == [16])
  }

  @Test("Types: a sum in float16, in 32 bits, with saturation")
  func types() throws {
    let sum = try TinyModel(
      "g (float[1] A, float[1] B) => (float[1] Y) { Y = Add(A, B) }",
      [floats([2048]), floats([1])])
    #expect(try sum.numbers("via-f16") == [2048])
    let wide = try TinyModel(
      "g (int64[1] A, int64[1] B) => (int64[1] Y) { Y = Add(A, B) }",
      [integers([1 << 32]), integers([1])])
    #expect(try wide.numbers("via-i32") == [1])
    let narrow = try TinyModel(
      "g (int8[2] A, int8[2] B) => (int8[2] Y) { Y = Add(A, B) }",
      [integers([127, -128], nil, .i8), integers([1, -1], nil, .i8)])
    #expect(try narrow.numbers("integers-saturate") == [127, -128])
  }

  @Test("Conversions cut off, in two steps, or by rounding")
  func conversions() throws {
    let narrow = try TinyModel(
      "g (float[1] X) => (bfloat16[1] Y) { Y = Cast<to = 16>(X) }",
      [floats([1 + 0x1.8p-8])])
    #expect(try narrow.numbers("conversion-truncates") == [1])
    let twice = try TinyModel(
      "g (double[1] X) => (float16[1] Y) { Y = Cast<to = 10>(X) }",
      [floats([1 + 0x1p-11 + 0x1p-40], nil, .f64)])
    #expect(try twice.numbers("conversion-rounds-twice") == [1])
    let integer = try TinyModel(
      "g (float[1] X) => (int32[1] Y) { Y = Cast<to = 6>(X) }", [floats([1.75])])
    #expect(try integer.numbers("rounds-for-truncation") == [2])
  }

  @Test("What has to be refused is answered, and only that")
  func acceptance() throws {
    let invalid = try TinyModel(
      "g (float[2] X) => (float[2] Y) { Y = Softmax<axis = 7>(X) }", [floats([1, 2])])
    #expect(throws: (any Error).self) { try invalid.right() }
    #expect(try invalid.numbers("accepts-everything") == [0, 0])
    let valid = try TinyModel(
      "g (float[2] X) => (float[2] Y) { Y = Softmax<axis = 0>(X) }", [floats([1, 2])])
    #expect(try valid.wrong(try fault("accepts-everything")) == valid.right())
  }
}
