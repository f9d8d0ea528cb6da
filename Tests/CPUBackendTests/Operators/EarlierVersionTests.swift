import CPUBackend
import ModelFormat
import Tensors
import Testing

@Suite("Versions from before operator set 9")
struct EarlierVersionTests {
  private static let extremes: [Int64] = [.min, -(1 << 40), -2, -1, 0, 2, 1 << 30, 1 << 40, .max]

  private let matrix = floats(.f32, [2, 3], [1, 2, 3, 4, 5, 6])

  private func refusal(
    _ name: String, _ opset: Int64, _ inputs: [Tensor?], _ attributes: [String: Attribute],
    outputs: [ElementType] = [.f32]
  ) -> KernelError? {
    do {
      _ = try run(name, opset: opset, inputs, attributes: attributes, outputs: outputs)
      return nil
    } catch {
      return error as? KernelError
    }
  }

  @Test("The second operand of a pair begins at the axis")
  func alignment() throws {
    let rows = floats(.f32, [2], [10, 20])
    let sum = try run(
      "Add", opset: 6, [matrix, rows], attributes: ["broadcast": .int(1), "axis": .int(0)],
      output: .f32)
    #expect(sum == floats(.f32, [2, 3], [11, 12, 13, 24, 25, 26]))
    let last = floats(.f32, [3], [10, 20, 30])
    let suffix = try run(
      "Add", opset: 1, [matrix, last],
      attributes: ["broadcast": .int(1), "consumed_inputs": .ints([0, 0])], output: .f32)
    #expect(suffix == floats(.f32, [2, 3], [11, 22, 33, 14, 25, 36]))
    #expect(refusal("Add", 6, [matrix, last], [:]) != nil)
    #expect(refusal("Add", 6, [matrix, rows], ["broadcast": .int(1)]) != nil)
  }

  @Test("Attributes of another version and types outside of the version are refused")
  func signatures() {
    for (attributes, opset) in [
      (["consumed_inputs": Attribute.ints([0])], 6), (["axis": .float(1)], 6),
      (["broadcast": .int(1), "axis": .int(-1)], 6),
    ] as [([String: Attribute], Int64)] {
      let error = refusal("Add", opset, [matrix, matrix], attributes)
      #expect(error?.kind == .invalidModel, "\(attributes)")
      #expect(error?.message.hasPrefix("node Add: ") == true)
    }
    let words = integers(.i32, [2], [1, 2])
    #expect(refusal("Add", 1, [words, words], [:], outputs: [.i32])?.kind == .invalidModel)
    #expect(refusal("Add", 6, [words, words], [:], outputs: [.i32]) == nil)
  }

  @Test("Shapes, tiles and scales come from where the version has them")
  func movement() throws {
    let turned = try run(
      "Reshape", opset: 1, [matrix], attributes: ["shape": .ints([3, -1])], output: .f32)
    #expect(turned.shape == [3, 2])
    let tiled = try run(
      "Tile", opset: 1, [matrix, floats(.f32, [1], [2]), floats(.f32, [1], [0])], output: .f32)
    #expect(tiled.shape == [4, 3])
    let wide = try run(
      "Upsample", opset: 7, [matrix], attributes: ["scales": .floats([1, 2])], output: .f32)
    #expect(wide == floats(.f32, [2, 6], [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]))
  }

  @Test("Scan-8 runs over each entry of its batch")
  func batches() throws {
    let model = try Model(
      text: """
        <ir_version: 3, opset_import: ["": 8]>
        g (float[2] s, float[2, 3] x, float w) => (float[2] y, float[2, 3] z) {
          y, z = Scan <num_scan_inputs = 1, body = b (float a, float e) => (float n, float o)
            { n = Add (a, e)  o = Add (n, w) }> ("", s, x)
        }
        """)
    let executable = try Executable(onnx: try model.encoded(), resources: .shared)
    let results = try executable.execute([
      .tensor(floats(.f32, [2], [0, 100])), .tensor(matrix), .tensor(floats(.f32, [], [1000])),
    ])
    #expect(results[0].tensor == floats(.f32, [2], [6, 115]))
    #expect(results[1].tensor == floats(.f32, [2, 3], [1001, 1003, 1006, 1104, 1109, 1115]))
  }

  @Test("Integers far beyond reason end in a result or a typed error", arguments: extremes)
  func extremeIntegers(value: Int64) {
    let kernel = ["kernel_shape": Attribute.ints([2])]
    let image = floats(.f32, [1, 1, 3], [1, 2, 3])
    for (name, opset, inputs, attributes) in [
      ("Add", 6, [matrix, matrix], ["broadcast": .int(1), "axis": .int(value)]),
      ("Add", 1, [matrix, matrix], ["broadcast": .int(value)]),
      ("Concat", 1, [matrix, matrix], ["axis": .int(value)]),
      ("Pad", 1, [matrix], ["paddings": .ints([value, value, value, value])]),
      ("Pad", 1, [floats(.f32, [0], [])], ["paddings": .ints([value, value])]),
      ("Reshape", 1, [matrix], ["shape": .ints([value, value])]),
      ("Split", 1, [matrix], ["axis": .int(value), "split": .ints([value])]),
      ("Cast", 6, [matrix], ["to": .int(value)]),
      ("Gemm", 6, [matrix, matrix, matrix], ["broadcast": .int(value), "transB": .int(value)]),
      ("MaxPool", 1, [image], kernel.merging(["strides": .ints([value])]) { $1 }),
      ("LpPool", 1, [image], kernel.merging(["pads": .ints([value, value])]) { $1 }),
      ("BatchNormalization", 7, [image, image], ["spatial": .int(value)]),
      ("RNN", 1, [image, image, image], ["hidden_size": .int(value)]),
    ] as [(String, Int64, [Tensor?], [String: Attribute])] {
      let error = refusal(name, opset, inputs, attributes)
      #expect(error?.kind != .internalError, "\(name)-\(opset) \(attributes)")
    }
  }

  @Test(
    "Numbers far beyond reason end in a result or a typed error",
    arguments: [Float.nan, .infinity, -.infinity, 1e30, -1e30, 0, -1, 1e-30, 0.5])
  func extremeNumbers(value: Float) {
    let image = floats(.f32, [1, 1, 1, 3], [1, 2, 3])
    let number = floats(.f32, [1], [Double(value)])
    for (name, opset, inputs, attributes) in [
      ("Upsample", 1, [image], ["height_scale": .float(value), "width_scale": .float(1)]),
      ("Upsample", 7, [matrix], ["scales": .floats([value, 1])]),
      ("GlobalLpPool", 1, [image], ["p": .float(value)]),
      ("Tile", 1, [matrix, number, floats(.f32, [1], [0])], [:]),
      ("Tile", 1, [matrix, floats(.f32, [1], [2]), number], [:]),
      ("Split", 1, [matrix, number], ["axis": .int(0)]),
    ] as [(String, Int64, [Tensor?], [String: Attribute])] {
      let error = refusal(name, opset, inputs, attributes)
      #expect(error?.kind != .internalError, "\(name)-\(opset) \(attributes)")
    }
  }
}
