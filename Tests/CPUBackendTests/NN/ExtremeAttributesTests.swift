import CPUBackend
import ModelFormat
import Tensors
import Testing

@Suite("Attributes and sizes far beyond reason end in a result or a typed error")
struct ExtremeAttributesTests {
  private static let extremes: [Int64] = [.min, -(1 << 40), -2, -1, 0, 2, 1 << 30, 1 << 40, .max]

  /// Runs an operator and accepts everything but a trap or a defect of the backend.
  private func attempt(
    _ name: String, opset: Int64, _ inputs: [Tensor?], _ attributes: [String: Attribute],
    outputs: [ElementType] = [.f32], domain: String = ""
  ) {
    do {
      _ = try run(
        name, opset: opset, inputs, attributes: attributes, outputs: outputs, domain: domain)
    } catch let error as KernelError {
      #expect(error.kind != .internalError, "\(name) with \(attributes): \(error)")
    } catch {
      Issue.record("\(name): \(error)")
    }
  }

  private let image = floats(.f32, [1, 2, 3], [1, 2, 3, 4, 5, 6])

  @Test("Windows", arguments: extremes, ["strides", "dilations", "pads", "kernel_shape"])
  func windows(value: Int64, name: String) {
    let list: [Int64] = name == "pads" ? [value, value] : [value]
    let filters = floats(.f32, [2, 2, 2], Array(repeating: 1, count: 8))
    for mode in ["NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID"] {
      var attributes: [String: Attribute] = [name: .ints(list), "auto_pad": .string(mode)]
      attempt("Conv", opset: 11, [image, filters], attributes)
      attempt("ConvTranspose", opset: 11, [image, filters], attributes)
      attributes["kernel_shape"] = attributes["kernel_shape"] ?? .ints([2])
      attributes["ceil_mode"] = .int(1)
      attempt("MaxPool", opset: 12, [image], attributes, outputs: [.f32, .i64])
      attributes["count_include_pad"] = .int(1)
      attempt("AveragePool", opset: 22, [image], attributes)
    }
  }

  @Test("Shapes of transposed convolutions and groups", arguments: extremes)
  func transposed(value: Int64) {
    let filters = floats(.f32, [2, 2, 2], Array(repeating: 1, count: 8))
    for name in ["output_shape", "output_padding"] {
      attempt("ConvTranspose", opset: 11, [image, filters], [name: .ints([value])])
    }
    attempt("ConvTranspose", opset: 11, [image, filters], ["group": .int(value)])
    attempt("Conv", opset: 11, [image, filters], ["group": .int(value)])
  }

  @Test(
    "Attention", arguments: extremes,
    [
      "left_window_size", "right_window_size", "q_num_heads", "kv_num_heads",
      "qk_matmul_output_mode", "softmax_precision",
    ])
  func attention(value: Int64, name: String) {
    let x = floats(.f32, [1, 2, 2], [1, 2, 3, 4])
    var attributes: [String: Attribute] = ["q_num_heads": .int(2), "kv_num_heads": .int(2)]
    attributes[name] = .int(value)
    attempt(
      "Attention", opset: 25, [x, x, x], attributes, outputs: [.f32, .f32, .f32, .f32])
    attempt(
      "Attention", opset: 25, [x, x, x, nil, nil, nil, integers(.i64, [1], [Int128(value)])],
      attributes)
  }

  @Test(
    "Linear attention and causal convolution", arguments: extremes,
    ["q_num_heads", "kv_num_heads", "chunk_size"])
  func recurrentAttention(value: Int64, name: String) {
    for shape in [[1, 2, 2], [1, 0, 2], [0, 2, 2], [1, 2, 0]] as [Shape] {
      let count = shape.elementCount ?? 0
      let x = floats(.f32, shape, Array(repeating: 0.5, count: count))
      var attributes: [String: Attribute] = ["q_num_heads": .int(2), "kv_num_heads": .int(2)]
      attributes[name] = .int(value)
      for gate in [x, floats(.f32, [1, 2, 1], [0, 1]), floats(.f32, [], [1])] {
        attempt(
          "LinearAttention", opset: 27, [x, x, x, nil, gate, gate], attributes,
          outputs: [.f32, .f32])
      }
      let kernel = floats(.f32, [shape[1], 1, 2], Array(repeating: 1, count: 2 * shape[1]))
      attempt("CausalConvWithState", opset: 27, [x, kernel], [:], outputs: [.f32, .f32])
      attempt(
        "CausalConvWithState", opset: 27, [x, floats(.f32, [2, 1, 0], [])], [:],
        outputs: [.f32, .f32])
    }
  }

  @Test("Optimisers and attention with subgraphs", arguments: extremes)
  func preview(value: Int64) {
    let (rate, count) = (floats(.f32, [], [0.5]), integers(.i64, [], [Int128(value)]))
    let x = floats(.f32, [2], [1, 2])
    for name in ["Adagrad", "Adam", "Momentum"] {
      for tensors in [[x], [x, x, x], [x, x, x, x], [x, floats(.f32, [0], []), x, x]] {
        for factor in [Float(value), .infinity, .nan] {
          var attributes: [String: Attribute] = ["norm_coefficient": .float(factor)]
          if name == "Momentum" {
            attributes.merge(
              ["alpha": .float(factor), "beta": .float(factor), "mode": .string("nesterov")]
            ) { $1 }
          }
          attempt(
            name, opset: 1, [rate, count] + tensors, attributes,
            outputs: Array(repeating: .f32, count: name == "Adam" ? 3 : 2),
            domain: "ai.onnx.preview.training")
        }
      }
    }
    for shape in [[1, 2, 2, 2], [1, 0, 2, 2], [1, 2, 0, 2], [1, 2, 2, 0]] as [Shape] {
      let q = floats(.f32, shape, Array(repeating: 1, count: shape.elementCount ?? 0))
      attempt(
        "FlexAttention", opset: 1, [q, q, q], ["softmax_precision": .int(value)],
        domain: "ai.onnx.preview")
    }
  }

  @Test("Normalisations, rotary embedding and recurrence", arguments: extremes)
  func rows(value: Int64) {
    let scale = floats(.f32, [3], [1, 1, 1])
    for name in ["axis", "stash_type"] {
      attempt("LayerNormalization", opset: 17, [image, scale], [name: .int(value)])
      attempt("RMSNormalization", opset: 23, [image, scale], [name: .int(value)])
    }
    let tables = floats(.f32, [1, 2, 1], [0, 1])
    for name in ["num_heads", "rotary_embedding_dim"] {
      attempt("RotaryEmbedding", opset: 23, [image, tables, tables], [name: .int(value)])
    }
    let weights = floats(.f32, [1, 4, 1], [1, 1, 1, 1])
    for name in ["hidden_size", "layout"] {
      attempt(
        "LSTM", opset: 14, [floats(.f32, [1, 1, 1], [1]), weights, weights],
        [name: .int(value)])
    }
  }

  @Test("Resize", arguments: extremes, ["nearest", "linear", "cubic"])
  func resize(value: Int64, mode: String) {
    let x = floats(.f32, [2, 2], [1, 2, 3, 4])
    let region = floats(.f32, [4], [0, .infinity, .nan, -1])
    for transformation in ["tf_crop_and_resize", "align_corners", "half_pixel_symmetric"] {
      let attributes: [String: Attribute] = [
        "mode": .string(mode), "coordinate_transformation_mode": .string(transformation),
        "antialias": .int(1), "exclude_outside": .int(1),
      ]
      let sizes = integers(.i64, [2], [Int128(value), 2])
      attempt("Resize", opset: 19, [x, region, nil, sizes], attributes)
      for factor in [Double(value), 1e-45, 1e-30, 3.4e38] {
        attempt("Resize", opset: 19, [x, region, floats(.f32, [2], [1, factor])], attributes)
      }
      attempt(
        "Resize", opset: 19, [x, region, nil, sizes],
        attributes.merging(["keep_aspect_ratio_policy": .string("not_smaller")]) { $1 })
      attempt("Resize", opset: 19, [x, nil, nil, sizes], ["axes": .ints([value, 0])])
    }
  }

  @Test("Empty tensors of every shape around a window")
  func empty() {
    for shape in [[0, 2, 3], [1, 0, 3], [1, 2, 0], [0, 0, 0]] {
      let x = floats(.f32, shape, [])
      let filters = floats(.f32, [2, shape[1], 2], Array(repeating: 1, count: 4 * shape[1]))
      let turned = floats(.f32, [shape[1], 2, 2], Array(repeating: 1, count: 4 * shape[1]))
      attempt("Conv", opset: 11, [x, filters], ["pads": .ints([1, 1])])
      attempt("ConvTranspose", opset: 11, [x, turned], [:])
      attempt(
        "MaxPool", opset: 12, [x], ["kernel_shape": .ints([2]), "pads": .ints([1, 1])],
        outputs: [.f32, .i64])
      attempt(
        "AveragePool", opset: 22, [x], ["kernel_shape": .ints([2]), "pads": .ints([1, 1])])
      attempt(
        "Attention", opset: 23, [x, x, x], ["q_num_heads": .int(1), "kv_num_heads": .int(1)])
      attempt(
        "Resize", opset: 19, [x, nil, floats(.f32, [3], [2, 2, 2])], ["mode": .string("linear")])
      attempt("Einsum", opset: 12, [x, x], ["equation": .string("abc,abd->cd")])
    }
  }

  /// A matrix of 2×3 and a tensor of rank 4, which most operators take.
  private static let matrix = floats(.f32, [2, 3], [1, 2, 3, 4, 5, 6])
  private static let volume = floats(.f32, [1, 4, 2, 2], (0..<16).map(Double.init))

  private static let cube = floats(.f32, [1, 8, 1], (0..<8).map(Double.init))
  private static let hertz = floats(.f32, [], [100])

  /// Operators with an index, a length or an axis as an input; nil stands for the number tried.
  private static let withNumber: [(name: String, opset: Int64, inputs: [Tensor?])] = [
    ("Tile", 13, [matrix, nil]), ("Expand", 13, [matrix, nil]), ("Split", 18, [matrix, nil]),
    ("Squeeze", 13, [matrix, nil]), ("Unsqueeze", 13, [matrix, nil]), ("Trilu", 14, [matrix, nil]),
    ("ConstantOfShape", 9, [nil]), ("CenterCropPad", 18, [matrix, nil]),
    ("GatherElements", 13, [matrix, nil]), ("GatherND", 13, [matrix, nil]),
    ("ScatterElements", 18, [matrix, nil, matrix]), ("ReverseSequence", 10, [matrix, nil]),
    ("TensorScatter", 24, [volume, volume, nil]), ("CumProd", 26, [matrix, nil]),
    ("ReduceProd", 18, [matrix, nil]), ("ReduceL2", 18, [matrix, nil]),
    ("OneHot", 11, [integers(.i64, [2], [0, 1]), nil, floats(.f32, [2], [0, 1])]),
    ("NegativeLogLikelihoodLoss", 13, [matrix, nil]),
    ("HannWindow", 17, [nil]), ("HammingWindow", 17, [nil]), ("BlackmanWindow", 17, [nil]),
    ("DFT", 20, [volume, nil]), ("DFT", 20, [matrix, nil]), ("DFT", 20, [cube, nil, nil]),
    ("STFT", 17, [cube, nil]), ("STFT", 17, [cube, integers(.i64, [], [1]), nil, nil]),
    ("MelWeightMatrix", 17, [nil, nil, nil, hertz, hertz]),
    ("MelWeightMatrix", 17, [integers(.i64, [], [2]), nil, nil, hertz, floats(.f32, [], [1e30])]),
    ("Range", 11, [nil, integers(.i64, [], [7]), integers(.i64, [], [1])]),
    ("Range", 11, [integers(.i64, [], [7]), nil, integers(.i64, [], [1])]),
    ("Range", 11, [integers(.i64, [], [7]), integers(.i64, [], [8]), nil]),
  ]

  @Test("Numbers as inputs", arguments: extremes)
  func numbers(value: Int64) {
    for (name, opset, inputs) in Self.withNumber {
      for shape in [[], [1], [2], [2, 3]] as [Shape] {
        let count = shape.elementCount ?? 0
        let number = integers(.i64, shape, Array(repeating: Int128(value), count: count))
        let type: ElementType = name == "Range" ? .i64 : .f32
        attempt(name, opset: opset, inputs.map { $0 ?? number }, [:], outputs: [type])
      }
    }
  }

  @Test("Ranges of real numbers, however far their limit lies the wrong way")
  func ranges() throws {
    for (start, limit, delta) in [
      (0, -1e300, 1), (0, 1e300, 1), (-1e308, 1e308, 1e-300), (0, 1, -Double.leastNonzeroMagnitude),
      (0, .nan, 1),
      (0, .infinity, 1), (0, 1, 0), (0, -.infinity, 1),
    ] as [(Double, Double, Double)] {
      let inputs = [start, limit, delta].map { floats(.f64, [], [$0]) }
      attempt("Range", opset: 11, inputs, [:], outputs: [.f64])
    }
    let inputs = [0, -1e300, 1].map { floats(.f64, [], [$0]) }
    #expect(try run("Range", opset: 11, inputs, output: .f64).shape == [0])
  }

  @Test(
    "Whole attributes of further operators", arguments: extremes,
    [
      ("EyeLike", 9, "k"), ("Flatten", 13, "axis"), ("DepthToSpace", 13, "blocksize"),
      ("SpaceToDepth", 13, "blocksize"), ("Shape", 19, "start"), ("Shape", 19, "end"),
      ("LRN", 13, "size"), ("Hardmax", 13, "axis"), ("LpNormalization", 22, "axis"),
      ("LpNormalization", 22, "p"), ("GlobalLpPool", 2, "p"), ("Split", 18, "num_outputs"),
      ("Split", 13, "axis"), ("ArgMin", 13, "axis"), ("Unique", 11, "axis"),
      ("Dropout", 13, "seed"), ("Upsample", 9, "mode"), ("DFT", 17, "axis"), ("DFT", 17, "inverse"),
      ("DFT", 17, "onesided"), ("STFT", 17, "onesided"), ("RandomNormalLike", 22, "dtype"),
      ("RandomUniformLike", 22, "dtype"), ("Multinomial", 22, "sample_size"),
      ("Multinomial", 22, "dtype"),
    ] as [(String, Int64, String)])
  func wholeAttributes(value: Int64, place: (name: String, opset: Int64, attribute: String)) {
    for x in [Self.matrix, Self.volume, floats(.f32, [0, 3], []), floats(.f32, [], [1])] {
      let type: ElementType = ["Shape", "ArgMin"].contains(place.name) ? .i64 : .f32
      attempt(
        place.name, opset: place.opset, [x], [place.attribute: .int(value)], outputs: [type])
    }
  }

  private static let region = floats(.f32, [1, 4], [0.5, 0.5, 1.5, 1.5])
  private static let pool = floats(.f32, [1, 5], [0, 0, 0, 1, 1])

  @Test(
    "Regions of images", arguments: extremes,
    ["output_height", "output_width", "sampling_ratio", "spatial_scale"])
  func regions(value: Int64, name: String) {
    let images = integers(.i64, [1], [Int128(value)])
    let scale = Attribute.float(Float(value))
    let attribute = name == "spatial_scale" ? scale : .int(value)
    let first = integers(.i64, [1], [0])
    attempt("RoiAlign", opset: 16, [Self.volume, Self.region, first], [name: attribute])
    attempt("RoiAlign", opset: 16, [Self.volume, Self.region, images], [:])
    for corner in [Double(value), .nan, .infinity, -1e30, 3e38] {
      let wild = floats(.f32, [1, 4], [0, corner, 1, 1])
      attempt("RoiAlign", opset: 10, [Self.volume, wild, first], [name: attribute])
      let pooled = floats(.f32, [1, 5], [0, corner, 0, 1, corner])
      let shape: [String: Attribute] = ["pooled_shape": .ints([2, 2]), "spatial_scale": scale]
      attempt("MaxRoiPool", opset: 22, [Self.volume, pooled], shape)
      let batch = floats(.f32, [1, 5], [corner, 0, 0, 1, 1])
      attempt("MaxRoiPool", opset: 22, [Self.volume, batch], shape)
    }
    attempt(
      "MaxRoiPool", opset: 22, [Self.volume, Self.pool], ["pooled_shape": .ints([value, 1])])
  }

  @Test("Grids and their sizes", arguments: extremes, ["linear", "nearest", "cubic"])
  func grids(value: Int64, mode: String) {
    let theta = floats(.f32, [1, 2, 3], [1, 2, 3, 4, 5, 6])
    for size in [[1, 1, value, 2], [value, 1, 2, 2], [1, value, 0, value]] {
      attempt("AffineGrid", opset: 20, [theta, integers(.i64, [4], size.map { Int128($0) })], [:])
    }
    for padding in ["zeros", "border", "reflection"] {
      for place in [Double(value), .nan, .infinity, 1e-45, 3e38] {
        attempt(
          "GridSample", opset: 20, [Self.volume, floats(.f32, [1, 1, 1, 2], [place, -place])],
          [
            "mode": .string(mode), "padding_mode": .string(padding),
            "align_corners": .int(value & 1),
          ])
      }
    }
  }

  @Test("Blocks, unpooling and moved taps", arguments: extremes)
  func blocks(value: Int64) {
    let columns = floats(.f32, [1, 4, 1], [1, 2, 3, 4])
    let number = integers(.i64, [2], [Int128(value), 2])
    let two = integers(.i64, [2], [2, 2])
    attempt("Col2Im", opset: 18, [columns, number, two], [:])
    attempt("Col2Im", opset: 18, [columns, two, number], [:])
    let indices = integers(.i64, [1, 1, 2], [0, Int128(value)])
    let x = floats(.f32, [1, 1, 2], [1, 2])
    attempt("MaxUnpool", opset: 11, [x, indices], ["kernel_shape": .ints([2])])
    let small = integers(.i64, [1, 1, 2], [0, 1])
    let shape = integers(.i64, [3], [1, 1, Int128(value)])
    attempt("MaxUnpool", opset: 11, [x, small, shape], ["kernel_shape": .ints([2])])
    let offsets = floats(.f32, [1, 8, 1, 1], Array(repeating: Double(value), count: 8))
    let filters = floats(.f32, [1, 4, 2, 2], Array(repeating: 1, count: 16))
    for name in ["strides", "dilations", "pads", "kernel_shape"] {
      let list: [Int64] = name == "pads" ? [value, 0, value, 0] : [value, 1]
      attempt("Col2Im", opset: 18, [columns, two, two], [name: .ints(list)])
      attempt("DeformConv", opset: 19, [Self.volume, filters, offsets], [name: .ints(list)])
      var attributes: [String: Attribute] = ["kernel_shape": .ints([2])]
      attributes[name] = .ints(name == "pads" ? [value, value] : [value])
      attempt("MaxUnpool", opset: 11, [x, small], attributes)
    }
    for name in ["group", "offset_group"] {
      attempt("DeformConv", opset: 19, [Self.volume, filters, offsets], [name: .int(value)])
    }
  }

  @Test("Sizes, types and shapes of generators and windows", arguments: extremes)
  func generators(value: Int64) {
    let size = integers(.i64, [], [4])
    for name in ["HannWindow", "HammingWindow", "BlackmanWindow"] {
      for attribute in ["periodic", "output_datatype"] {
        attempt(name, opset: 17, [size], [attribute: .int(value)])
      }
    }
    for name in ["RandomNormal", "RandomUniform"] {
      attempt(name, opset: 22, [], ["shape": .ints([value, 3])])
      attempt(name, opset: 22, [], ["shape": .ints([2]), "dtype": .int(value)])
    }
    for bound in [-Float.greatestFiniteMagnitude, .infinity, .nan] {
      attempt("RandomUniform", opset: 22, [], ["shape": .ints([2]), "low": .float(bound)])
    }
  }

  @Test("Pools of n-grams that do not fit", arguments: extremes)
  func grams(value: Int64) {
    let x = integers(.i64, [3], [1, 2, 3])
    let attributes: [String: Attribute] = [
      "mode": .string("TF"), "min_gram_length": .int(1), "max_gram_length": .int(2),
      "max_skip_count": .int(0), "ngram_counts": .ints([0, 2]), "ngram_indexes": .ints([0, 1, 2]),
      "pool_int64s": .ints([1, 2, 1, 2]),
    ]
    for name in ["min_gram_length", "max_gram_length", "max_skip_count"] {
      attempt("TfIdfVectorizer", opset: 9, [x], attributes.merging([name: .int(value)]) { $1 })
    }
    for list in [[value], [0, value], [value, 2], [0, value, 4], [0, 1, 2, value], []] {
      attempt(
        "TfIdfVectorizer", opset: 9, [x], attributes.merging(["ngram_counts": .ints(list)]) { $1 })
      attempt(
        "TfIdfVectorizer", opset: 9, [x], attributes.merging(["ngram_indexes": .ints(list)]) { $1 })
    }
  }
}
