import ModelFormat
import Oracle
import Spec
import Tensors
import Testing

@Suite("Versions from before operator set 9 mean what their own text says")
struct EarlierVersionTests {
  private static let standard = Result {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    return try Standard.load(from: root + "/conformance-cases/standard")
  }

  private static let matrix: [Double] = [1, 2, 3, 4, 5, 6]

  @Test("Every version that a later one replaced up to operator set 9 has a body")
  func complete() throws {
    let standard = try Self.standard.get()
    for (domain, name) in standard.operators where domain.isEmpty {
      let versions = standard.sinceVersions(domain: domain, operator: name)
      for (since, next) in zip(versions, versions.dropFirst()) {
        for opset in [since, next - 1] {
          let isEarlier = next <= 9
          #expect(
            EarlierVersion.hasRule(for: name, opset: Int64(opset)) == isEarlier,
            "\(name)-\(since) in operator set \(opset)")
        }
      }
    }
  }

  @Test("The second operand begins at the axis, or ends at the last one")
  func alignment() throws {
    let left = try Value.reals([0, 0, 0, 0, 0, 0, 0, 0, 0], [3, 3])
    let right = try Value.reals([1, 2, 3], [3])
    let first = SingleCall("Add", 6, [left, right], ["broadcast": .int(1), "axis": .int(0)])
    #expect(try first.reals() == [1, 1, 1, 2, 2, 2, 3, 3, 3])
    let last = SingleCall("Add", 6, [left, right], ["broadcast": .int(1)])
    #expect(try last.reals() == [1, 2, 3, 1, 2, 3, 1, 2, 3])
  }

  @Test("Without broadcast, and with shapes that do not fit, pairs are refused")
  func unequalShapes() throws {
    let left = try Value.reals(Self.matrix, [2, 3])
    for (values, shape, attributes) in [
      ([1, 2, 3], [3], [:]), ([1, 2, 3], [3], ["broadcast": Attribute.int(0)]),
      (Self.matrix, [3, 2], [:]), ([1, 2], [2], ["broadcast": .int(1)]),
      ([1, 2], [2], ["broadcast": .int(1), "axis": .int(1)]),
      ([1], [1], ["broadcast": .int(2)]),
    ] as [([Double], Shape, [String: Attribute])] {
      let call = SingleCall("Add", 1, [left, try Value.reals(values, shape)], attributes)
      #expect(call.refusal() == .invalid, "\(shape) \(attributes)")
    }
  }

  @Test("Attributes beyond reason are refused with the name of the node")
  func named() throws {
    let values = try Value.reals(Self.matrix, [2, 3])
    for axis in [Int64.min, -1, 64, .max] {
      var call = SingleCall(
        "Sub", 6, [values, values], ["broadcast": .int(1), "axis": .int(axis)])
      var model = call.model
      model.graph.nodes[0].name = "difference"
      call = SingleCall(model, call.inputs)
      do throws(EvaluationError) {
        _ = try SingleCall.oracle.run(call.model, inputs: call.inputs)
        Issue.record("axis \(axis) was taken")
      } catch {
        #expect(error == .invalid("Sub-6 \"difference\": axis is \(axis)"))
      }
    }
  }

  @Test("Slopes are those of the channels")
  func slopes() throws {
    let x = try Value.reals([-1, -1, -1, -1, -1, -1, -1, -1], [1, 2, 2, 2])
    let slopes = try Value.reals([2, 3], [2])
    #expect(
      try SingleCall("PRelu", 6, [x, slopes]).reals() == [-2, -2, -2, -2, -3, -3, -3, -3])
    let vector = try Value.reals([-1, 1], [2])
    #expect(try SingleCall("PRelu", 1, [vector, try Value.reals([4], [1])]).reals() == [-4, 1])
  }

  @Test("Defaults are those of the version: Concat along axis 1, Selu with five digits")
  func defaults() throws {
    let x = try Value.reals([1, 2], [1, 2])
    #expect(try SingleCall("Concat", 1, [x, x]).shape() == [1, 4])
    let selu = SingleCall("Selu", 1, [try Value.reals([1], [1])])
    #expect(try selu.reals() == [Double(Float(1.0507))])
  }

  @Test("Shapes, paddings, lengths, tiles and scales are read from where the version has them")
  func movement() throws {
    let x = try Value.reals(Self.matrix, [2, 3])
    #expect(try SingleCall("Reshape", 1, [x], ["shape": .ints([0, -1, 1])]).shape() == [2, 3, 1])
    let padded = SingleCall("Pad", 1, [try Value.reals([7], [1])], ["paddings": .ints([2, 1])])
    #expect(try padded.reals() == [0, 0, 7, 0])
    let parts = SingleCall(
      "Split", 1, [x, try Value.reals([1, 2], [2])], ["axis": .int(1)], outputs: 2)
    #expect(try parts.reals(0) == [1, 4])
    #expect(try parts.reals(1) == [2, 3, 5, 6])
    let tiled = SingleCall("Tile", 1, [x, try Value.reals([2], [1]), try Value.reals([1], [1])])
    #expect(try tiled.reals() == [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6])
    let wide = SingleCall(
      "Upsample", 1, [try Value.reals([1, 2], [1, 1, 1, 2])],
      ["height_scale": .float(1), "width_scale": .float(2)])
    #expect(try wide.reals() == [1, 1, 2, 2])
    let tall = SingleCall("Upsample", 7, [x], ["scales": .floats([2, 1])])
    #expect(try tall.reals() == [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6])
  }

  @Test("What the text gives no meaning, and training modes, are named as not evaluated")
  func unsupported() throws {
    let x = try Value.reals(Self.matrix, [2, 3])
    let one = try Value.reals([1, 1, 1], [3])
    let moments: [Value?] = [x, one, one, one, one]
    for call in [
      SingleCall("Reshape", 1, [x]), SingleCall("Split", 1, [x], outputs: 2),
      SingleCall("Dropout", 6, [x]),
      SingleCall("Dropout", 6, [x], ["is_test": .int(1)], outputs: 2),
      SingleCall("BatchNormalization", 6, moments),
      SingleCall("BatchNormalization", 6, moments, ["is_test": .int(1), "spatial": .int(0)]),
      SingleCall("BatchNormalization", 7, moments, outputs: 3),
      SingleCall("GlobalLpPool", 1, [try Value.reals([1], [1, 1, 1])], ["p": .float(1.5)]),
      SingleCall("GlobalLpPool", 1, [try Value.reals([1], [1, 1, 1])], ["p": .float(.nan)]),
      SingleCall("GlobalLpPool", 1, [try Value.reals([1], [1, 1, 1])], ["p": .float(1e30)]),
    ] { #expect(call.refusal() == .unsupported, "\(call.model.graph.nodes[0])") }
  }

  @Test("Pads beyond every tensor end in a refusal", arguments: [1, 2] as [Int64])
  func extremePads(opset: Int64) throws {
    let x = try Value.reals([1, 2], [2])
    for pads in [[Int64.max, .max], [.min, .max], [.max, 0], [.min, .min], [1 << 40, 0]] {
      let call = SingleCall("Pad", opset, [x], [opset == 1 ? "paddings" : "pads": .ints(pads)])
      #expect(call.refusal() != nil, "\(pads)")
    }
  }

  @Test("Withdrawn versions are refused")
  func withdrawn() throws {
    let x = try Value.reals([1, 2], [1, 2, 1])
    let one = try Value.reals([1], [1])
    let call = SingleCall("GroupNormalization", 18, [x, one, one], ["num_groups": .int(1)])
    #expect(call.refusal() == .invalid)
  }

  @Test("Moments of each feature with spatial 0, of each channel otherwise")
  func features() throws {
    let x = try Value.reals([1, 2, 3, 4], [1, 2, 2])
    let zero = try Value.reals([0, 0, 0, 0], [2, 2])
    let ones = try Value.reals([1, 1, 1, 1], [2, 2])
    let means = try Value.reals([1, 0, 3, 0], [2, 2])
    let call = SingleCall(
      "BatchNormalization", 7, [x, ones, zero, means, ones],
      ["spatial": .int(0), "epsilon": .float(0)])
    #expect(try call.shape() == [1, 2, 2])
    #expect(try call.reals() == [0, 2, 0, 4])
    #expect(
      SingleCall("BatchNormalization", 7, [x, ones, zero, means, ones]).refusal() == .invalid)
  }

  @Test("Types are named, those that the version does not convert to are refused")
  func types() throws {
    let x = try Value.reals([1.5, -2.5], [2])
    #expect(try SingleCall("Cast", 1, [x], ["to": .string("INT32")]).integers() == [1, -2])
    #expect(SingleCall("Cast", 1, [x], ["to": .string("STRING")]).refusal() == .invalid)
    #expect(SingleCall("Cast", 6, [x], ["to": .int(8)]).refusal() == .invalid)
  }

  /// A sum over each sequence of a batch of two, with the running sums and a captured addend.
  private static func scan(_ more: String = "") throws -> Model {
    try Model(
      text: """
        <ir_version: 3, opset_import: ["": 8]>
        g (float[2] s, float[2, 3] x, float w) => (float[2] y, float[2, 3] z) {
          y, z = Scan <num_scan_inputs = 1\(more), body = b (float a, float e) => (float n, float o)
            { n = Add (a, e)  o = Add (n, w) }> ("", s, x)
        }
        """)
  }

  @Test("Scan-8 runs over each entry of its batch, also backwards")
  func batches() throws {
    let inputs: [String: Value] = [
      "s": try .reals([0, 100], [2]), "x": try .reals(Self.matrix, [2, 3]),
      "w": try .reals([1000], []),
    ]
    let forward = SingleCall(try Self.scan(), inputs)
    #expect(try forward.reals(0) == [6, 115])
    #expect(try forward.reals(1) == [1001, 1003, 1006, 1104, 1109, 1115])
    let backward = SingleCall(try Self.scan(", directions = [1]"), inputs)
    #expect(try backward.reals(1) == [1003, 1005, 1006, 1106, 1111, 1115])
    for directions in ["[2]", "[0, 0]", "[-9223372036854775808]"] {
      let call = SingleCall(try Self.scan(", directions = \(directions)"), inputs)
      #expect(call.refusal() == .invalid)
    }
  }

  @Test(
    "Integers far beyond reason end in a result or a refusal",
    arguments: [.min, -(1 << 40), -2, -1, 0, 2, 1 << 30, 1 << 40, .max] as [Int64])
  func extremeIntegers(value: Int64) throws {
    let x = try Value.reals(Self.matrix, [2, 3])
    let image = try Value.reals([1, 2, 3], [1, 1, 3])
    let kernel = ["kernel_shape": Attribute.ints([2])]
    for (name, opset, inputs, attributes) in [
      ("Add", 6, [x, x], ["broadcast": .int(1), "axis": .int(value)]),
      ("Concat", 1, [x, x], ["axis": .int(value)]),
      ("Reshape", 1, [x], ["shape": .ints([value, value])]),
      ("Split", 1, [x], ["axis": .int(value), "split": .ints([value])]),
      ("Cast", 6, [x], ["to": .int(value)]),
      ("MaxPool", 1, [image], kernel.merging(["strides": .ints([value])]) { $1 }),
      ("AveragePool", 1, [image], ["kernel_shape": .ints([value])]),
      ("LpPool", 1, [image], kernel.merging(["pads": .ints([value, value])]) { $1 }),
      ("Flatten", 1, [x], ["axis": .int(value)]),
      ("RNN", 1, [image, image, image], ["hidden_size": .int(value)]),
    ] as [(String, Int64, [Value?], [String: Attribute])] {
      // Only that it ends is asked here; what is refused, other tests say.
      _ = SingleCall(name, opset, inputs, attributes).refusal()
    }
  }

  @Test(
    "Numbers far beyond reason end in a result or a refusal",
    arguments: [Float.nan, .infinity, -.infinity, 1e30, -1e30, 0, -1, 1e-30, 0.5, 1e9])
  func extremeNumbers(value: Float) throws {
    let x = try Value.reals(Self.matrix, [2, 3])
    let image = try Value.reals([1, 2, 3], [1, 1, 1, 3])
    let number = try Value.reals([Double(value)], [1])
    for (name, opset, inputs, attributes) in [
      ("Upsample", 1, [image], ["height_scale": .float(value), "width_scale": .float(1)]),
      ("Upsample", 7, [x], ["scales": .floats([value, 1])]),
      ("GlobalLpPool", 1, [image], ["p": .float(value)]),
      ("Tile", 1, [x, number, try .reals([0], [1])], [:]),
      ("Tile", 1, [x, try .reals([2], [1]), number], [:]),
      ("Split", 1, [x, number], ["axis": .int(0)]),
    ] as [(String, Int64, [Value?], [String: Attribute])] {
      _ = SingleCall(name, opset, inputs, attributes).refusal()
    }
  }
}
