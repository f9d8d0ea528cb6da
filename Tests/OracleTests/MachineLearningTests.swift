import ModelFormat
import Tensors
import Testing

/// A call of an operator of ai.onnx.ml in its first version unless said otherwise.
private func call(
  _ name: String, _ values: [Value?], _ attributes: [String: Attribute] = [:],
  version: Int64 = 1, outputs: Int = 1
) -> SingleCall {
  SingleCall(name, version, values, attributes, outputs: outputs, domain: "ai.onnx.ml")
}

@Suite("Encoders of ai.onnx.ml")
struct EncoderTests {
  @Test("Binarizer compares with the threshold itself, integers too")
  func binarizer() throws {
    let x = try Value.reals([-1, 0, 0.5, 2, .nan])
    #expect(try call("Binarizer", [x]).reals() == [0, 0, 1, 1, 0])
    let whole = try Value.integers([0, 1, -1])
    let half = ["threshold": Attribute.float(-0.5)]
    #expect(try call("Binarizer", [whole], half).integers() == [1, 1, 0])
    #expect(call("Binarizer", [whole], ["threshold": .int(0)]).refusal() == .invalid)
  }

  @Test("ArrayFeatureExtractor picks columns and refuses those that are not there")
  func columns() throws {
    let x = try Value.reals((0..<12).map(Double.init), [3, 4])
    let picked = call("ArrayFeatureExtractor", [x, try .integers([0, 1])])
    #expect(try picked.reals() == [0, 1, 4, 5, 8, 9])
    #expect(try picked.shape() == [3, 2])
    #expect(call("ArrayFeatureExtractor", [x, try .integers([4])]).refusal() == .invalid)
    #expect(call("ArrayFeatureExtractor", [x, try .integers([-1])]).refusal() == .unsupported)
  }

  @Test("LabelEncoder tells zeros apart in version 2 and lets the last key win in version 4")
  func labels() throws {
    let keys = Attribute.floats([0, 1, .nan])
    let attributes: [String: Attribute] = ["keys_floats": keys, "values_int64s": .ints([5, 6, 7])]
    let x = try Value.reals([-0.0, 0, 1, .nan])
    #expect(try call("LabelEncoder", [x], attributes, version: 2).integers() == [-1, 5, 6, 7])
    let open = try call("LabelEncoder", [x], attributes, version: 4).column()
    #expect(open.undefined == [true, false, false, false])
    let twice: [String: Attribute] = [
      "keys_int64s": .ints([1, 1]), "values_int64s": .ints([5, 6]),
    ]
    let whole = try Value.integers([1, 2])
    #expect(try call("LabelEncoder", [whole], twice, version: 4).integers() == [6, -1])
    #expect(call("LabelEncoder", [whole], twice, version: 2).refusal() == .unsupported)
    #expect(call("LabelEncoder", [x], twice, version: 4).refusal() == .invalid)
  }

  @Test("CategoryMapper compares texts byte by byte")
  func categories() throws {
    let attributes: [String: Attribute] = [
      "cats_strings": .strings(["\u{E9}", "a"]), "cats_int64s": .ints([3, 4]),
    ]
    let x = try Value.strings(["e\u{301}", "\u{E9}", "a"])
    #expect(try call("CategoryMapper", [x], attributes).integers() == [-1, 3, 4])
    let uneven = attributes.merging(["cats_int64s": .ints([3])]) { $1 }
    #expect(call("CategoryMapper", [x], uneven).refusal() == .invalid)
  }

  @Test("OneHotEncoder cuts fractions off and refuses strangers where zeros is 0")
  func places() throws {
    var attributes: [String: Attribute] = ["cats_int64s": .ints([2, -1])]
    let x = try Value.reals([2.9, -1.9, 5])
    let encoded = call("OneHotEncoder", [x], attributes)
    #expect(try encoded.reals() == [1, 0, 0, 1, 0, 0])
    #expect(try encoded.shape() == [3, 2])
    attributes["zeros"] = .int(0)
    #expect(call("OneHotEncoder", [x], attributes).refusal() == .invalid)
  }

  @Test("Imputer finds NaN and zeros of both signs, feature by feature")
  func imputed() throws {
    let x = try Value.reals([.nan, 1, 2, .nan], [2, 2])
    let missing: [String: Attribute] = [
      "imputed_value_floats": .floats([7, 8]), "replaced_value_float": .float(.nan),
    ]
    #expect(try call("Imputer", [x], missing).reals() == [7, 1, 2, 8])
    let zeros = try Value.reals([-0.0, 0, 3])
    let seven: [String: Attribute] = ["imputed_value_floats": .floats([7])]
    #expect(try call("Imputer", [zeros], seven).reals() == [7, 7, 3])
    #expect(call("Imputer", [try .integers([1])], seven).refusal() == .invalid)
  }

  @Test("FeatureVectorizer joins rows and rounds once to float32")
  func features() throws {
    let a = try Value.integers([1, 16_777_217], [2, 1])
    let b = try Value.integers([3, 4, 5, 6], [2, 2])
    #expect(try call("FeatureVectorizer", [a, b]).reals() == [1, 3, 4, 16_777_216, 5, 6])
    #expect(call("FeatureVectorizer", [a, try .integers([1, 2])]).refusal() == .invalid)
  }
}

@Suite("Models of ai.onnx.ml")
struct LearnedModelTests {
  /// x0 ≤ 0.5 leads to node 1, else to node 2.
  private static let stump: [String: Attribute] = [
    "nodes_treeids": .ints([0, 0, 0]), "nodes_nodeids": .ints([0, 1, 2]),
    "nodes_featureids": .ints([0, 0, 0]), "nodes_values": .floats([0.5, 0, 0]),
    "nodes_modes": .strings(["BRANCH_LEQ", "LEAF", "LEAF"]),
    "nodes_truenodeids": .ints([1, 0, 0]), "nodes_falsenodeids": .ints([2, 0, 0]),
    "target_treeids": .ints([0, 0]), "target_nodeids": .ints([1, 2]),
    "target_ids": .ints([0, 0]), "target_weights": .floats([3, -4]), "n_targets": .int(1),
  ]

  @Test("Scaler subtracts first; Normalizer takes the text's formulas")
  func scaled() throws {
    let x = try Value.reals([3, -4], [1, 2])
    let lists: [String: Attribute] = ["offset": .floats([1, 2]), "scale": .floats([10, 0.5])]
    #expect(try call("Scaler", [x], lists).reals() == [20, -3])
    #expect(try call("Normalizer", [x]).reals() == [1, Double(Float(-4) / 3)])
    #expect(try call("Normalizer", [x], ["norm": .string("L1")]).reals() == [-3, 4])
    let root = try call("Normalizer", [x], ["norm": .string("L2")]).reals()
    #expect(root == [Double(Float(0.6)), Double(Float(0.8))])
    #expect(call("Normalizer", [x], ["norm": .string("L3")]).refusal() == .invalid)
  }

  @Test("LinearClassifier gives the label of the highest score and leaves equal ones open")
  func linear() throws {
    let attributes: [String: Attribute] = [
      "coefficients": .floats([1, 0, 0, 1]), "classlabels_strings": .strings(["a", "b"]),
    ]
    let x = try Value.reals([3, 1, 2, 2], [2, 2])
    let model = call("LinearClassifier", [x], attributes, outputs: 2)
    #expect(try model.reals(1) == [3, 1, 2, 2])
    #expect(try model.tensor().strings.first == "a")
    #expect(try model.column().undefined == [false, true])
    let short = attributes.merging(["coefficients": .floats([1, 0, 0])]) { $1 }
    #expect(call("LinearClassifier", [x], short, outputs: 2).refusal() == .invalid)
  }

  @Test("Trees send NaN to the false branch unless told otherwise, and refuse cycles")
  func trees() throws {
    let x = try Value.reals([0.5, 1, .nan], [3, 1])
    let name = "TreeEnsembleRegressor"
    #expect(try call(name, [x], Self.stump).reals() == [3, -4, -4])
    var other = Self.stump
    other["nodes_missing_value_tracks_true"] = .ints([1, 0, 0])
    #expect(try call(name, [x], other).reals() == [3, -4, 3])
    other["nodes_truenodeids"] = .ints([0, 0, 0])
    #expect(call(name, [x], other).refusal() == .invalid)
    other["nodes_truenodeids"] = .ints([.max, 0, 0])
    #expect(call(name, [x], other).refusal() == .invalid)
  }

  @Test("Support vectors with exp(−γ·d²); what the text does not say is open")
  func supportVectors() throws {
    var attributes: [String: Attribute] = [
      "kernel_type": .string("RBF"), "kernel_params": .floats([0.5, 0, 0]),
      "n_supports": .int(1), "coefficients": .floats([2]), "support_vectors": .floats([1, 1]),
      "rho": .floats([0]),
    ]
    let x = try Value.reals([1, 3], [1, 2])
    // 2·e^−2 to ten digits.
    let value = try #require(try call("SVMRegressor", [x], attributes).reals().first)
    #expect(abs(value - 0.270_670_566_5) < 1e-8)
    attributes["rho"] = .floats([1])
    #expect(try call("SVMRegressor", [x], attributes).column().undefined == [true])
    attributes["kernel_params"] = .floats([0.5])
    #expect(call("SVMRegressor", [x], attributes).refusal() == .invalid)
  }

  @Test("Without features no coefficient bounds the number of targets, so that it has a limit")
  func manyTargets() throws {
    let x = try Value.reals([], [2, 0])
    func regressor(_ targets: Int64) -> SingleCall {
      call("LinearRegressor", [x], ["targets": .int(targets)])
    }
    #expect(try regressor(3).shape() == [2, 3])
    #expect(regressor(1 << 40).refusal() == .unsupported)
    #expect(regressor(.max).refusal() == .unsupported)
    #expect(regressor(0).refusal() == .invalid)
  }
}
