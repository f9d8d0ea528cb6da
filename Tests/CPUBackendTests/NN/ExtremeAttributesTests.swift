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
    outputs: [ElementType] = [.f32]
  ) {
    do {
      _ = try run(name, opset: opset, inputs, attributes: attributes, outputs: outputs)
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
}
