import ModelFormat
import Tensors
import Testing

@Suite("Maps of ai.onnx.ml in the oracle")
struct MapTests {
  private static func call(
    _ name: String, _ value: Value, _ attributes: [String: Attribute] = [:]
  ) -> SingleCall {
    SingleCall(name, 1, [value], attributes, domain: "ai.onnx.ml")
  }

  private static func map(_ keys: [Int128], _ values: Value) throws -> Value {
    let column = try #require(values.tensor)
    let names = try #require(try Value.integers(keys).tensor)
    return try #require(Value.map(keys: names, column: column))
  }

  private static func texts(_ texts: [String]) throws -> Value {
    .tensor(try #require(Tensor(shape: [texts.count], strings: texts)))
  }

  @Test("ZipMap pairs columns with keys, row by row")
  func zip() throws {
    let x = try Value.reals([1, 2, 3, 4], [2, 2])
    let labels: [String: Attribute] = ["classlabels_int64s": .ints([7, -1])]
    let values = try Self.call("ZipMap", x, labels).values()
    let expected = [
      try Self.map([7, -1], try .reals([1, 2])), try Self.map([7, -1], try .reals([3, 4])),
    ]
    #expect(values == [.sequence(expected, element: .map(key: .i64, value: .tensor(.f32)))])
    #expect(Self.call("ZipMap", x).refusal() == .invalid)
    #expect(Self.call("ZipMap", x, ["classlabels_int64s": .ints([7])]).refusal() == .invalid)
    #expect(
      Self.call("ZipMap", x, ["classlabels_int64s": .ints([7, 7])]).refusal() == .unsupported)
    #expect(Self.call("ZipMap", try .reals([1, 2]), labels).refusal() == .unsupported)
  }

  @Test("DictVectorizer places values by the vocabulary, in the text's own example")
  func vocabulary() throws {
    let keys = try #require(Tensor(shape: [2], strings: ["a", "c"]))
    let column = try #require(try Value.integers([4, 8]).tensor)
    let map = try #require(Value.map(keys: keys, column: column))
    let four: [String: Attribute] = ["string_vocabulary": .strings(["a", "c", "b", "z"])]
    let call = Self.call("DictVectorizer", map, four)
    #expect(try call.integers() == [4, 8, 0, 0])
    #expect(try call.golden().outputs[0].alternatives.count == 2)
    let two: [String: Attribute] = ["string_vocabulary": .strings(["a", "b"])]
    #expect(Self.call("DictVectorizer", map, two).refusal() == .invalid)
    let numbers: [String: Attribute] = ["int64_vocabulary": .ints([1, 2])]
    #expect(Self.call("DictVectorizer", map, numbers).refusal() == .invalid)
    #expect(
      Self.call("DictVectorizer", map, four.merging(numbers) { $1 }).refusal() == .invalid)
  }

  @Test("CastMap orders by key, or places by it; a key beyond the length is refused")
  func forms() throws {
    let map = try Self.map([3, -1, 2], try .reals([1.5, 2.5, 3.5]))
    #expect(try Self.call("CastMap", map).reals() == [2.5, 3.5, 1.5])
    var sparse: [String: Attribute] = ["map_form": .string("SPARSE"), "max_map": .int(4)]
    #expect(Self.call("CastMap", map, sparse).refusal() == .unsupported)
    let places = try Self.map([3, 0], try .reals([1.5, 2.5]))
    let column = try Self.call("CastMap", places, sparse).column()
    #expect(column.undefined == [false, true, true, false])
    sparse["max_map"] = .int(3)
    #expect(Self.call("CastMap", places, sparse).refusal() == .invalid)
    sparse["max_map"] = .int(1 << 40)
    #expect(Self.call("CastMap", places, sparse).refusal() == .unsupported)
    #expect(Self.call("CastMap", map, ["map_form": .string("dense")]).refusal() == .invalid)
  }

  @Test("CastMap reads whole numbers; what the text does not say of others is open")
  func conversions() throws {
    let whole: [String: Attribute] = ["cast_to": .string("TO_INT64")]
    let map = try Self.map([1, 2, 3, 4], try .reals([5, 2.5, .nan, 0x1p62]))
    let column = try Self.call("CastMap", map, whole).column()
    #expect(column.undefined == [false, true, true, false])
    #expect(try Self.call("CastMap", map, whole).integers()[3] == 1 << 62)
    let words = try Self.map([2, 1], try Self.texts(["-12", "7"]))
    #expect(try Self.call("CastMap", words, whole).integers() == [7, -12])
    #expect(try Self.call("CastMap", words).reals() == [7, -12])
    for text in ["1.5", "", "-", "+1", " 1", "1e3", "1234567890", "-0"] {
      let map = try Self.map([1], try Self.texts([text]))
      #expect(Self.call("CastMap", map, whole).refusal() == .unsupported, "\(text)")
    }
    let spelled: [String: Attribute] = ["cast_to": .string("TO_STRING")]
    #expect(try Self.call("CastMap", map, spelled).column().undefined == [true, true, true, true])
    #expect(Self.call("CastMap", map, ["cast_to": .string("INT")]).refusal() == .invalid)
  }

  @Test("A map in which a key comes twice is none")
  func repeated() throws {
    let map = try Self.map([1, 1], try .reals([1, 2]))
    #expect(Self.call("CastMap", map).refusal() == .invalid)
  }
}

@Suite("Votes of support vectors")
struct SupportVectorVoteTests {
  /// Linear decisions of vectors (1, 0) and (0, 1) with the coefficients 1 and −1: x[0] − x[1].
  private static let two: [String: Attribute] = [
    "kernel_params": .floats([0, 0, 0]), "classlabels_ints": .ints([4, -1]),
    "vectors_per_class": .ints([1, 1]), "support_vectors": .floats([1, 0, 0, 1]),
    "coefficients": .floats([1, -1]), "rho": .floats([0]),
  ]

  private func call(
    _ values: [Double], _ changes: [String: Attribute] = [:]
  ) throws -> SingleCall {
    SingleCall(
      "SVMClassifier", 1, [try .reals(values, [values.count / 2, 2])],
      Self.two.merging(changes) { $1 }, outputs: 2, domain: "ai.onnx.ml")
  }

  @Test("A positive decision is for the first class; a close one is open")
  func labels() throws {
    let labelled = try call([3, 1, 1, 3, 1, 1])
    #expect(try Array(labelled.integers().prefix(2)) == [4, -1])
    #expect(try labelled.column().undefined == [false, false, true])
    #expect(try labelled.column(1).undefined == [true, true, true, true, true, true])
  }

  @Test("A rho leaves open what its sign decides, and all probabilities")
  func offsets() throws {
    let rho: [String: Attribute] = ["rho": .floats([1])]
    #expect(try call([3, 1, 1, 0.5], rho).column().undefined == [false, true])
    let probable = rho.merging(["prob_a": .floats([-1]), "prob_b": .floats([0])]) { $1 }
    #expect(try call([3, 1], probable).column(1).undefined == [true, true])
  }

  @Test("Probabilities are open, and a label that they speak against")
  func probabilities() throws {
    let slopes: [String: Attribute] = ["prob_a": .floats([-1]), "prob_b": .floats([0.5])]
    let agreeing = try call([3, 1, 0, 40], slopes)
    #expect(try agreeing.integers() == [4, -1])
    #expect(try agreeing.column().undefined == [])
    #expect(try agreeing.column(1).undefined == [true, true, true, true])
    // The decision is for the first class, the probability for the second.
    let turned: [String: Attribute] = ["prob_a": .floats([1]), "prob_b": .floats([0])]
    #expect(try call([3, 1], turned).column().undefined == [true])
  }

  @Test("Lists that do not fit are not evaluated; without vectors everything is open")
  func lists() throws {
    #expect(try call([3, 1], ["coefficients": .floats([1])]).refusal() == .unsupported)
    #expect(try call([3, 1], ["rho": .floats([])]).refusal() == .unsupported)
    #expect(try call([3, 1], ["vectors_per_class": .ints([1, .max])]).refusal() == .unsupported)
    let none: [String: Attribute] = [
      "vectors_per_class": .ints([]), "support_vectors": .floats([]),
    ]
    #expect(try call([3, 1], none).column().undefined == [true])
  }

  @Test("Votes that go round in a circle leave the label open")
  func circle() throws {
    // One vector (1, 0) for each class; x = (1, 0) makes every kernel 1.
    func model(_ coefficients: [Double]) -> [String: Attribute] {
      [
        "classlabels_ints": .ints([1, 2, 3]), "vectors_per_class": .ints([1, 1, 1]),
        "support_vectors": .floats([1, 0, 1, 0, 1, 0]), "rho": .floats([0, 0, 0]),
        "coefficients": .floats(coefficients.map { Float($0) }),
      ]
    }
    // By either layout d(0,1) = 4, d(0,2) = 4, d(1,2) = 4: the first class has both of its votes.
    #expect(try call([1, 0], model([2, 2, 2, 2, 2, 2])).integers() == [1])
    #expect(try call([1, 0], model([2, 2, 2, 2, 2, 2])).column().undefined == [])
    // By classes outside d(0,1) = 4, d(0,2) = −4, d(1,2) = 12: one vote for each.
    #expect(try call([1, 0], model([2, 2, -6, 2, 2, 10])).column().undefined == [true])
  }
}
