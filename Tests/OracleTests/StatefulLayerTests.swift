import ModelFormat
import Spec
import Tensors
import Testing

@Suite("Causal convolution, linear attention and maps of sequences")
struct StatefulLayerTests {
  @Test("A causal convolution reads the past, the last tap reads the present")
  func causal() throws {
    let call = SingleCall(
      "CausalConvWithState", 27,
      [
        try .reals([1, 2, 3], [1, 1, 3]), try .reals([100, 10, 1], [1, 1, 3]),
        try .reals([0.5], [1]), try .reals([8, 9], [1, 1, 2]),
      ], outputs: 2)
    #expect(try call.reals() == [891.5, 912.5, 123.5])
    #expect(try call.reals(1) == [2, 3])
  }

  @Test("Without a past there are zeros, which the state remembers of a short input")
  func withoutPast() throws {
    let kernel = try Value.reals([100, 10, 1], [1, 1, 3])
    let short = SingleCall(
      "CausalConvWithState", 27, [try .reals([7], [1, 1, 1]), kernel], outputs: 2)
    #expect(try short.reals() == [7])
    #expect(try short.reals(1) == [0, 7])
    let unfit = SingleCall(
      "CausalConvWithState", 27, [try .reals([7, 8], [1, 2, 1]), kernel], outputs: 2)
    #expect(unfit.refusal() == .invalid)
  }

  @Test("The activation is y · sigmoid(y), to 40 digits of mpmath")
  func silu() throws {
    let call = SingleCall(
      "CausalConvWithState", 27, [try .reals([1, -2], [1, 1, 2]), try .reals([1], [1, 1, 1])],
      ["activation": .string("silu")], outputs: 2)
    #expect(
      try call.reals() == [0.731058578630004879, -0.238405844044234967].map { Double(Float($0)) })
    let wrong = SingleCall(
      "CausalConvWithState", 27, [try .reals([1], [1, 1, 1]), try .reals([1], [1, 1, 1])],
      ["activation": .string("gelu")], outputs: 2)
    #expect(wrong.refusal() == .invalid)
  }

  /// Two tokens of one head with keys (1, 0) and (1, 1), values 2 and 10, and a scale of 1.
  private func attention(
    _ rule: String, decay: Double, rate: Double, heads: Int64 = 1
  ) throws -> SingleCall {
    SingleCall(
      "LinearAttention", 27,
      [
        try .reals([1, 2, 3, 4], [1, 2, 2]), try .reals([1, 0, 1, 1], [1, 2, 2]),
        try .reals([2, 10], [1, 2, 1]), nil, try .reals([decay, decay], [1, 2, 1]),
        try .reals([rate, rate], [1, 2, 1]),
      ],
      [
        "q_num_heads": .int(heads), "kv_num_heads": .int(1), "scale": .float(1),
        "update_rule": .string(rule),
      ], outputs: 2)
  }

  @Test("The rules of linear attention, worked out by hand")
  func rules() throws {
    // S is (2, 0) after the first token, with the halved delta (1, 0), of which the second key reads 1.
    #expect(try attention("linear", decay: 0, rate: 1).reals() == [2, 12 * 3 + 10 * 4])
    #expect(try attention("linear", decay: 0, rate: 1).reals(1) == [12, 10])
    #expect(try attention("delta", decay: 0, rate: 0.5).reals(1) == [5.5, 4.5])
    // Without decay the gated rules are those without a gate.
    #expect(try attention("gated", decay: 0, rate: 1).reals(1) == [12, 10])
    #expect(try attention("gated_delta", decay: 0, rate: 0.5).reals(1) == [5.5, 4.5])
  }

  @Test("A decay of ln(1/2), rounded to float32, halves the state before it is read")
  func decay() throws {
    let state = try attention("gated_delta", decay: -0.693147180559945309, rate: 1).reals(1)
    // e^g of the rounded g is 0.49999998…; S = (1, 0) + (10 − 1)·(1, 1) but for that.
    #expect(zip(state, [10.0, 9.0]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(try attention("gated", decay: 0, rate: 1, heads: 3).refusal() == .invalid)
  }

  @Test("SequenceMap runs its body for every element, in order")
  func map() throws {
    let body = try Graph(
      text: "b (int64[n] x, int64[m] z) => (int64[k] y) { y = Concat <axis = 0> (x, z) }")
    let first = Value.sequence(
      [try .integers([1, 2]), try .integers([3])], element: .tensor(.i64))
    let second = Value.sequence([try .integers([4]), try .integers([5])], element: .tensor(.i64))
    let call = SingleCall("SequenceMap", 17, [first, second], ["body": .graph(body)])
    let expected = Value.sequence(
      [try .integers([1, 2, 4]), try .integers([3, 5])], element: .tensor(.i64))
    #expect(try call.values() == [expected])
    let tensor = SingleCall(
      "SequenceMap", 17, [first, try .integers([9])], ["body": .graph(body)])
    #expect(
      try tensor.values() == [
        .sequence([try .integers([1, 2, 9]), try .integers([3, 9])], element: .tensor(.i64))
      ])
    let short = Value.sequence([try .integers([4])], element: .tensor(.i64))
    #expect(
      SingleCall("SequenceMap", 17, [first, short], ["body": .graph(body)]).refusal() == .invalid)
  }
}
