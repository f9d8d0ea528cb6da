import ModelFormat
import Tensors
import Testing

@Suite("Attention of the CPU backend")
struct AttentionTests {
  private static let floatTypes: [ElementType] = [.f32, .f64, .f16, .bf16]

  /// One head, one feature per query and key, values that name their key.
  private func attend(
    opset: Int64 = 25, queries: [Double], keys: [Double], values: [Double],
    mask: Tensor? = nil, valid: Int128? = nil, attributes: [String: Attribute] = [:]
  ) throws -> [Double] {
    var inputs: [Tensor?] = [
      floats(.f32, [1, 1, queries.count, 1], queries),
      floats(.f32, [1, 1, keys.count, 1], keys), floats(.f32, [1, 1, keys.count, 1], values),
    ]
    if mask != nil || valid != nil { inputs.append(mask) }
    if let valid { inputs += [nil, nil, integers(.i64, [1], [valid])] }
    let y = try run("Attention", opset: opset, inputs, attributes: attributes, output: .f32)
    return try #require(y.doubles)
  }

  @Test("One key gives its value exactly", arguments: floatTypes)
  func oneKey(type: ElementType) throws {
    let y = try run(
      "Attention", opset: 23,
      [
        floats(type, [1, 1, 2, 2], [1, -7, 0.5, 3]), floats(type, [1, 1, 1, 2], [2, 5]),
        floats(type, [1, 1, 1, 3], [0.125, -3, 7]),
      ], output: type)
    #expect(y == floats(type, [1, 1, 2, 3], [0.125, -3, 7, 0.125, -3, 7]))
  }

  @Test("Equal scores give the mean of the values")
  func equalScores() throws {
    let y = try attend(queries: [0], keys: [5, -3], values: [1, 2])
    #expect(y == [1.5])
  }

  @Test("The scale and the default scale act on the products")
  func scale() throws {
    let q = floats(.f64, [1, 1, 1, 4], [1, 1, 1, 1])
    let k = floats(.f64, [1, 1, 2, 4], [0, 0, 0, 0, 1, 1, 1, 1])
    let v = floats(.f64, [1, 1, 2, 1], [0, 1])
    let outputs = try run(
      "Attention", opset: 23, [q, k, v], outputs: [.f64, .f64, .f64, .f64])
    // The scale is 1/√4, so the second score is 2: 1/(1 + e⁻²).
    #expect(outputs[3] == floats(.f64, [1, 1, 1, 2], [0, 2]))
    #expect(abs(try #require(outputs[0].doubles)[0] - 0.8807970779778823) < 0x1p-40)
  }

  @Test("Causal queries see no later key; with a cache they stand behind it")
  func causal() throws {
    let y = try attend(
      queries: [0, 0, 0], keys: [1, 1, 1], values: [1, 3, 8],
      attributes: ["is_causal": .int(1)])
    #expect(y == [1, 2, 4])
    let outputs = try run(
      "Attention", opset: 23,
      [
        floats(.f32, [1, 1, 2, 1], [0, 0]), floats(.f32, [1, 1, 2, 1], [1, 1]),
        floats(.f32, [1, 1, 2, 1], [3, 8]), nil, floats(.f32, [1, 1, 1, 1], [1]),
        floats(.f32, [1, 1, 1, 1], [1]),
      ], attributes: ["is_causal": .int(1)], outputs: [.f32, .f32, .f32])
    #expect(outputs[0] == floats(.f32, [1, 1, 2, 1], [2, 4]))
    #expect(outputs[1] == floats(.f32, [1, 1, 3, 1], [1, 1, 1]))
    #expect(outputs[2] == floats(.f32, [1, 1, 3, 1], [1, 3, 8]))
  }

  @Test("Masked keys and values have no influence, even when they are NaN")
  func maskedGarbage() throws {
    let mask = integers(.bool, [1, 3], [1, 0, 1])
    let y = try attend(
      queries: [0], keys: [1, .nan, 1], values: [2, .nan, 4], mask: mask)
    #expect(y == [3])
    let additive = floats(.f32, [3], [0, -.infinity, 0])
    #expect(
      try attend(queries: [0], keys: [1, .nan, 1], values: [2, .infinity, 4], mask: additive)
        == [3])
  }

  @Test("A fully masked row is zero and leaves its neighbour alone")
  func fullyMasked() throws {
    let mask = integers(.bool, [2, 2], [0, 0, 1, 1])
    let y = try attend(queries: [1, 0], keys: [1, 1], values: [2, 4], mask: mask)
    #expect(y == [0, 3])
  }

  @Test("A mask shorter than the keys excludes the rest; integers are added")
  func maskForms() throws {
    let short = integers(.bool, [1, 2], [1, 1])
    #expect(try attend(queries: [0], keys: [1, 1, 1], values: [2, 4, 99], mask: short) == [3])
    let whole = integers(.i32, [1, 2], [0, -1000])
    #expect(try attend(queries: [0], keys: [1, 1], values: [2, 4], mask: whole) == [2])
  }

  @Test("nonpad_kv_seqlen ends the keys and places causal queries", arguments: [24, 25] as [Int64])
  func validLength(opset: Int64) throws {
    let keys = [1.0, 1, 1, .nan]
    let values = [1.0, 3, 8, .nan]
    #expect(
      try attend(opset: opset, queries: [0, 0], keys: keys, values: values, valid: 3) == [4, 4])
    // Two queries behind one earlier key.
    #expect(
      try attend(
        opset: opset, queries: [0, 0], keys: keys, values: values, valid: 3,
        attributes: ["is_causal": .int(1)]) == [2, 4])
  }

  @Test("Windows bound the reach back and ahead")
  func windows() throws {
    let keys = Array(repeating: 1.0, count: 4)
    let values = [1.0, 2, 4, 8]
    let queries = Array(repeating: 0.0, count: 4)
    let back = try attend(
      queries: queries, keys: keys, values: values,
      attributes: ["left_window_size": .int(1), "is_causal": .int(1)])
    #expect(back == [1, 1.5, 3, 6])
    let ahead = try attend(
      queries: queries, keys: keys, values: values,
      attributes: ["left_window_size": .int(0), "right_window_size": .int(1)])
    #expect(ahead == [1.5, 3, 6, 8])
    expectError(.invalidModel) {
      _ = try attend(
        queries: queries, keys: keys, values: values, attributes: ["left_window_size": .int(-2)])
    }
  }

  @Test("Neighbouring query heads share a key head; heads may lie in the last axis")
  func groupedHeads() throws {
    let keys = floats(.f32, [1, 1, 2], [1, 1])
    let values = floats(.f32, [1, 1, 2], [5, 7])
    let queries = floats(.f32, [1, 2, 4], [1, 2, 3, 4, 5, 6, 7, 8])
    let y = try run(
      "Attention", opset: 23, [queries, keys, values],
      attributes: ["q_num_heads": .int(4), "kv_num_heads": .int(2)], output: .f32)
    #expect(y == floats(.f32, [1, 2, 4], [5, 5, 7, 7, 5, 5, 7, 7]))
    expectError(.invalidInput) {
      _ = try run(
        "Attention", opset: 23, [queries, keys, values],
        attributes: ["q_num_heads": .int(1), "kv_num_heads": .int(2)], output: .f32)
    }
    expectError(.invalidModel) {
      _ = try run("Attention", opset: 23, [queries, keys, values], output: .f32)
    }
  }

  @Test(
    "qk_matmul_output is taken after product, softcap, mask and softmax",
    arguments: zip(
      [0, 1, 2, 3] as [Int64],
      [[4.0, 0], [1.928055160151634, 0], [1.928055160151634, -.infinity], [1, 0]] as [[Double]]))
  func recordedSteps(mode: Int64, expected: [Double]) throws {
    let outputs = try run(
      "Attention", opset: 23,
      [
        floats(.f32, [1, 1, 1, 1], [2]), floats(.f32, [1, 1, 2, 1], [2, 0]),
        floats(.f32, [1, 1, 2, 1], [1, 5]), integers(.bool, [1, 2], [1, 0]),
      ],
      attributes: [
        "softcap": .float(2), "scale": .float(1), "qk_matmul_output_mode": .int(mode),
      ], outputs: [.f32, .f32, .f32, .f32])
    // 2·tanh(4/2).
    let scores = try #require(outputs[3].doubles)
    #expect(abs(scores[0] - expected[0]) <= 0x1p-20)
    #expect(scores[1] == expected[1])
    #expect(outputs[0] == floats(.f32, [1, 1, 1, 1], [1]))
  }
}
