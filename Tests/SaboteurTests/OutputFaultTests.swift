import Tensors
import Testing

@Suite("Faults on what leaves")
struct OutputFaultTests {
  /// A model that hands its input out.
  private func identity(_ values: [Double], _ shape: Shape, _ type: ElementType = .f32) throws
    -> TinyModel
  {
    try TinyModel(
      "g (\(type.onnxName)[] X) => (\(type.onnxName)[] Y) { Y = Concat<axis = 0>(X) }",
      [floats(values, shape, type)])
  }

  @Test(
    "Placement by hand, on a matrix of three rows and two columns",
    arguments: [
      ("all-zeros", [0, 0, 0, 0, 0, 0]), ("lane-zero", [1, 0, 3, 0, 5, 0]),
      ("duplicated-row", [1, 2, 1, 2, 5, 6]), ("swapped-rows", [5, 6, 3, 4, 1, 2]),
      ("swapped-columns", [2, 1, 4, 3, 6, 5]), ("transposed", [1, 3, 5, 2, 4, 6]),
      ("tail-lane-unwritten", [1, 0, 3, 0, 5, 0]), ("last-row-unwritten", [1, 2, 3, 4, 0, 0]),
      ("last-row-shifted", [1, 2, 3, 4, 0, 5]), ("one-in-thousand-zero", [1, 2, 3, 0, 5, 6]),
      ("all-ones", [1, 1, 1, 1, 1, 1]), ("sign-flip-one", [1, 2, 3, -4, 5, 6]),
      ("row-uniform", [1.5, 1.5, 3.5, 3.5, 5.5, 5.5]),
      ("mean-in-place", [3.5, 3.5, 3.5, 3.5, 3.5, 3.5]), ("stale-output", [2, 3, 4, 5, 6, 1]),
    ] as [(String, [Double])])
  func placement(_ name: String, _ expected: [Double]) throws {
    #expect(try identity([1, 2, 3, 4, 5, 6], [3, 2]).numbers(name) == expected)
  }

  @Test(
    "Special values by hand",
    arguments: [
      ("nan-results-zero", [1, 0, .infinity, 0x1p-130]),
      ("infinite-results-largest", [1, .nan, 0x1.FFFFFEp127, 0x1p-130]),
      ("results-flushed", [1, .nan, .infinity, 0]),
      ("nan-poisons-row", [.nan, .nan, .nan, .nan]),
    ] as [(String, [Double])])
  func specials(_ name: String, _ expected: [Double]) throws {
    let found = try identity([1, .nan, .infinity, 0x1p-130], [1, 4]).numbers(name)
    #expect(found.map(\.description) == expected.map(\.description))
  }

  @Test("A placement fault moves strings and packed codes as well")
  func otherTypes() throws {
    let text = try TinyModel(
      "g (string[2] X) => (string[2] Y) { Y = Concat<axis = 0>(X) }",
      [Tensor(shape: [2], strings: ["a", "b"])])
    #expect(
      try text.wrong(try fault("swapped-rows"))
        == [.tensor(try #require(Tensor(shape: [2], strings: ["b", "a"])))])
    let packed = try TinyModel(
      "g (uint4[3] X) => (uint4[3] Y) { Y = Transpose<perm = [0]>(X) }",
      [integers([1, 2, 3], nil, .u4)])
    #expect(try packed.numbers("swapped-rows") == [3, 2, 1])
    #expect(try packed.numbers("nibbles-swapped-out") == [2, 1, 3])
  }

  @Test("Scalings are seen in every type they apply to, and refused for the others")
  func scalings() throws {
    let bfloat = try identity([1, 2], [2], .bf16)
    #expect(try bfloat.wrong(try fault("scaled-5e-4")) == nil)
    #expect(try bfloat.wrong(try fault("scaled-2^-9")) == nil)
    #expect(try bfloat.numbers("scaled-4-roundings") == [1 + 0x1p-6, 2 + 0x1p-5])
    #expect(try identity([1, 2], [2], .f16).numbers("scaled-2^-9") == [1 + 0x1p-9, 2 + 0x1p-8])
    #expect(
      try identity([1, -1], [2], .f16).numbers("offset-3-ulp") == [
        1 + 3 * 0x1p-10, -1 - 3 * 0x1p-10,
      ])
    #expect(try identity([1, 3], [2]).numbers("outputs-bf16") == [1, 3])
  }

  @Test(
    "A bad lane is off by 9e-3, and by sixteen roundings where 9e-3 are hardly one code",
    arguments: [
      (.f32, 1 + 75_497 * 0x1p-23), (.f16, 1 + 9 * 0x1p-10), (.bf16, 1 + 8 * 0x1p-7),
    ] as [(ElementType, Double)])
  func laneOff(_ type: ElementType, _ expected: Double) throws {
    let lanes = [Double](repeating: 1, count: 134)
    var wrong = lanes
    (wrong[5], wrong[133]) = (expected, expected)
    #expect(try identity(lanes, [1, 134], type).numbers("lane-off") == wrong)
    #expect(try identity([0, 0], [2], type).numbers("lane-off") == [0, 0])
  }

  @Test("A bad lane is no fault in a type of three bits")
  func laneOffInThreeBits() throws {
    let model = try TinyModel(
      "g (float8e5m2[2] X) => (float8e5m2[2] Y) { Y = Transpose<perm = [0]>(X) }",
      [floats([1, 2], [2], .e5m2)])
    #expect(try model.wrong(try fault("lane-off")) == nil)
  }

  @Test("A change of nothing but the sign of zero is no change, unless the fault is about that")
  func signsOfZero() throws {
    let model = try identity([-0.0, 0], [2])
    #expect(try model.wrong(try fault("swapped-rows")) == model.right())
    #expect(try model.wrong(try fault("zero-sign-lost")) != model.right())
  }

  @Test("What an operator drew is left alone by faults that are not about drawing")
  func draws() throws {
    let model = try TinyModel(
      "g () => (float[4] Y) { Y = RandomNormal<shape = [4], seed = 3.0>() }", [])
    #expect(try model.wrong(try fault("all-zeros")) == model.right())
    let numbers = try model.numbers("constant-draws")
    #expect(numbers == [Double](repeating: numbers[0], count: 4))
    #expect(try model.wrong(try fault("fixed-seed")) != model.right())
    #expect(try identity([1], [1]).wrong(try fault("constant-draws")) == nil)
  }
}
