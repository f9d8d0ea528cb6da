import CPUBackend
import ModelFormat
import Tensors
import Testing

@Suite("Models of ai.onnx.ml with numbers far beyond reason end in a result or a typed error")
struct ExtremeModelTests {
  private static let extremes: [Int64] = [.min, -(1 << 40), -2, -1, 0, 2, 1 << 30, 1 << 40, .max]
  private static let matrix = floats(.f32, [2, 3], [1, 2, 3, 4, 5, 6])

  /// Runs an operator and accepts everything but a trap or a defect of the backend.
  private func attempt(
    _ name: String, _ opset: Int64, _ x: Tensor, _ attributes: [String: Attribute],
    _ outputs: [ElementType] = [.f32], also second: Tensor? = nil
  ) {
    do {
      _ = try run(
        name, opset: opset, [x] + (second.map { [$0] } ?? []), attributes: attributes,
        outputs: outputs, domain: "ai.onnx.ml")
    } catch let error as KernelError {
      #expect(error.kind != .internalError, "\(name) with \(attributes): \(error)")
    } catch {
      Issue.record("\(name): \(error)")
    }
  }

  @Test("The length and the keys of a cast map", arguments: extremes)
  func castMap(value: Int64) throws {
    for form in ["DENSE", "SPARSE"] {
      for keys in [[], [value], [0, value]] as [[Int64]] where Set(keys).count == keys.count {
        let model = Model.singleNode(
          operator: "CastMap", domain: "ai.onnx.ml", opset: 1,
          attributes: ["map_form": .string(form), "max_map": .int(value)],
          inputs: [ValueInfo(name: "x", type: .map(key: .i64, value: .tensor(.f32)))],
          outputs: [ValueInfo(name: "y", type: .tensor(.f32))])
        let map = try #require(
          Value.map(
            keys: integers(.i64, [keys.count], keys.map { Int128($0) }),
            column: floats(.f32, [keys.count], keys.map { _ in 1 })))
        do {
          let executable = try Executable(onnx: try model.encoded(), resources: .shared)
          _ = try executable.execute([map])
        } catch let error as KernelError {
          #expect(error.kind != .internalError, "\(form) \(keys): \(error)")
        }
      }
    }
  }

  private static let forest: [String: Attribute] = [
    "nodes_treeids": .ints([0, 0, 0]), "nodes_nodeids": .ints([0, 1, 2]),
    "nodes_featureids": .ints([0, 0, 0]), "nodes_values": .floats([0.5, 0, 0]),
    "nodes_modes": .strings(["BRANCH_LEQ", "LEAF", "LEAF"]),
    "nodes_truenodeids": .ints([1, 0, 0]), "nodes_falsenodeids": .ints([2, 0, 0]),
  ]

  private static func votes(_ prefix: String) -> [String: Attribute] {
    [
      prefix + "_treeids": .ints([0, 0]), prefix + "_nodeids": .ints([1, 2]),
      prefix + "_ids": .ints([0, 1]), prefix + "_weights": .floats([3, -4]),
    ]
  }

  @Test("Numbers of listed trees, one at a time and all of a list", arguments: extremes)
  func listedTrees(value: Int64) {
    let names = [
      "nodes_treeids", "nodes_nodeids", "nodes_featureids", "nodes_truenodeids",
      "nodes_falsenodeids", "nodes_missing_value_tracks_true",
    ]
    for (operatorName, prefix) in [
      ("TreeEnsembleRegressor", "target"), ("TreeEnsembleClassifier", "class"),
    ] {
      var model = Self.forest.merging(Self.votes(prefix)) { $1 }
      let isRegressor = prefix == "target"
      model[isRegressor ? "n_targets" : "classlabels_int64s"] =
        isRegressor ? .int(2) : .ints([7, 8])
      let outputs: [ElementType] = isRegressor ? [.f32] : [.i64, .f32]
      for name in names + ["treeids", "nodeids", "ids"].map({ prefix + "_" + $0 }) {
        for list in [[], [value], [value, 0], [value, 1, 2], [value, value, value]] {
          attempt(operatorName, 3, Self.matrix, model.merging([name: .ints(list)]) { $1 }, outputs)
        }
      }
      if isRegressor {
        attempt(operatorName, 3, Self.matrix, model.merging(["n_targets": .int(value)]) { $1 })
      }
    }
  }

  @Test("Numbers of trees with leaves apart", arguments: extremes)
  func trees(value: Int64) {
    let model: [String: Attribute] = [
      "tree_roots": .ints([0]), "nodes_featureids": .ints([0]), "nodes_truenodeids": .ints([0]),
      "nodes_falsenodeids": .ints([1]), "nodes_trueleafs": .ints([1]),
      "nodes_falseleafs": .ints([1]), "leaf_targetids": .ints([0, 0]), "n_targets": .int(1),
      "nodes_modes": .tensor(integers(.u8, [1], [0])),
      "nodes_splits": .tensor(floats(.f32, [1], [0.5])),
      "leaf_weights": .tensor(floats(.f32, [2], [1, 2])),
    ]
    for name in model.keys.sorted() where model[name]?.intsValue != nil {
      for list in [[], [value], [value, 0], [0, value]] {
        attempt("TreeEnsemble", 5, Self.matrix, model.merging([name: .ints(list)]) { $1 })
      }
    }
    for name in ["n_targets", "aggregate_function", "post_transform"] {
      attempt("TreeEnsemble", 5, Self.matrix, model.merging([name: .int(value)]) { $1 })
    }
  }

  @Test("Sizes of linear models and support vector machines", arguments: extremes)
  func machines(value: Int64) {
    let weights = Attribute.floats([1, 2, 3])
    attempt(
      "LinearRegressor", 1, Self.matrix, ["coefficients": weights, "targets": .int(value)])
    // Without features no coefficient says how many targets there are.
    attempt("LinearRegressor", 1, floats(.f32, [2, 0], []), ["targets": .int(value)])
    attempt(
      "SVMRegressor", 1, Self.matrix,
      ["coefficients": .floats([1]), "support_vectors": weights, "n_supports": .int(value)])
    for list in [[value], [value, 1], [value, value], [1, 1, value]] {
      attempt(
        "SVMClassifier", 1, Self.matrix,
        [
          "coefficients": .floats([1, 2]), "support_vectors": .floats([1, 2, 3, 4, 5, 6]),
          "vectors_per_class": .ints(list), "classlabels_ints": .ints([1, 2]), "rho": .floats([0]),
        ], [.i64, .f32])
    }
  }

  @Test("Indices and categories", arguments: extremes)
  func encoders(value: Int64) {
    let numbers = integers(.i64, [2], [Int128(value), 0])
    attempt("ArrayFeatureExtractor", 1, Self.matrix, [:], also: numbers)
    attempt("OneHotEncoder", 1, numbers, ["cats_int64s": .ints([value])])
    attempt("FeatureVectorizer", 1, Self.matrix, ["inputdimensions": .ints([value])])
    attempt("LabelEncoder", 1, numbers, ["classes_strings": .strings(["a"])], [.string])
    attempt(
      "LabelEncoder", 2, numbers, ["keys_int64s": .ints([value]), "values_int64s": .ints([value])],
      [.i64])
    attempt(
      "Imputer", 1, integers(.i32, [2], [1, 2]),
      ["imputed_value_int64s": .ints([value]), "replaced_value_int64": .int(value)], [.i32])
  }
}
