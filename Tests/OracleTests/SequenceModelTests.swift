import ModelFormat
import Spec
import Tensors
import Testing

@Suite("Attention, rotary embedding and LSTM")
struct SequenceModelTests {
  @Test("Attention with one key returns its value")
  func oneKey() throws {
    let call = SingleCall(
      "Attention", 23,
      [
        try .reals([3, -8], [1, 1, 1, 2]), try .reals([100, 7], [1, 1, 1, 2]),
        try .reals([5, -3], [1, 1, 1, 2]),
      ])
    #expect(try call.reals() == [5, -3])
    #expect(try call.shape() == [1, 1, 1, 2])
  }

  @Test("A fully masked row of Attention gives zeros")
  func maskedRow() throws {
    let zeros = try Value.reals([0, 0], [1, 1, 2, 1])
    let mask = try Value.integers([1, 0, 0, 0], [2, 2], type: .bool)
    let call = SingleCall(
      "Attention", 23, [zeros, zeros, try .reals([4, 6], [1, 1, 2, 1]), mask])
    #expect(try call.reals() == [4, 0])
  }

  @Test("Equal scores average the values, a causal mask admits only the past")
  func averages() throws {
    let zeros = try Value.reals([0, 0], [1, 1, 2, 1])
    let inputs = [zeros, zeros, try Value.reals([4, 6], [1, 1, 2, 1])]
    #expect(try SingleCall("Attention", 23, inputs).reals() == [5, 5])
    #expect(try SingleCall("Attention", 23, inputs, ["is_causal": .int(1)]).reals() == [4, 5])
  }

  @Test("RotaryEmbedding at position 0 is the identity")
  func identity() throws {
    let call = SingleCall("RotaryEmbedding", 23, try Self.rotation(position: 0))
    #expect(try call.reals() == [1, 2, 3, 4])
  }

  @Test("RotaryEmbedding turns halves, or neighbours where it is told so")
  func quarterTurn() throws {
    // A quarter turn maps the pair (a, b) to (−b, a): pairs (1, 3), (2, 4), or (1, 2), (3, 4).
    let inputs = try Self.rotation(position: 1)
    #expect(try SingleCall("RotaryEmbedding", 23, inputs).reals() == [-3, -4, 1, 2])
    #expect(
      try SingleCall("RotaryEmbedding", 23, inputs, ["interleaved": .int(1)]).reals()
        == [-2, 1, -4, 3])
    let outside = SingleCall("RotaryEmbedding", 23, try Self.rotation(position: 2))
    #expect(outside.refusal() == .invalid)
  }

  /// One token of width 4; the caches hold angle 0 in row 0 and a right angle in row 1.
  private static func rotation(position: Int128) throws -> [Value?] {
    [
      try .reals([1, 2, 3, 4], [1, 1, 1, 4]), try .reals([1, 1, 0, 0], [2, 2]),
      try .reals([0, 0, 1, 1], [2, 2]), try .integers([position], [1, 1]),
    ]
  }

  @Test("One LSTM step with zero weights halves the cell: h = σ(0)·tanh(c)")
  func zeroWeights() throws {
    // i = f = o = σ(0) = ½, candidate tanh(0) = 0: c = ½·2 + ½·0 = 1, h = ½·tanh(1).
    let zeros = try Value.reals([0, 0, 0, 0], [1, 4, 1], type: .f64)
    let one = try Value.reals([1], [1, 1, 1], type: .f64)
    let cell = try Value.reals([2], [1, 1, 1], type: .f64)
    let call = SingleCall(
      "LSTM", 14, [one, zeros, zeros, nil, nil, nil, cell], ["hidden_size": .int(1)], outputs: 3)
    #expect(try call.reals(0) == [0.380797077977882444059729141302397])
    #expect(try call.reals(1) == [0.380797077977882444059729141302397])
    #expect(try call.reals(2) == [1])
    #expect(try call.shape(0) == [1, 1, 1, 1])
  }

  @Test("The gates of LSTM lie in the order input, output, forget, cell")
  func gateOrder() throws {
    // σ(1000) = 1 and σ(−1000) = 0 to the last bit. With i = 1, o = 1, f = 0 and the candidate
    // tanh(1), c = 0·2 + 1·tanh(1) and h = tanh(tanh(1)) = 0.6420149920119997…
    let weights = try Value.reals([1000, 1000, -1000, 1], [1, 4, 1], type: .f64)
    let zeros = try Value.reals([0, 0, 0, 0], [1, 4, 1], type: .f64)
    let one = try Value.reals([1], [1, 1, 1], type: .f64)
    let cell = try Value.reals([2], [1, 1, 1], type: .f64)
    let call = SingleCall(
      "LSTM", 14, [one, weights, zeros, nil, nil, nil, cell], ["hidden_size": .int(1)], outputs: 3)
    let (hidden, state) = (try call.reals(0), try call.reals(2))
    #expect(abs(hidden[0] - 0.6420149920119997) < 1e-15)
    #expect(abs(state[0] - 0.7615941559557649) < 1e-15)
  }

  @Test("LSTM refuses weights that do not fit its hidden size")
  func misfit() throws {
    let x = try Value.reals([1], [1, 1, 1])
    let w = try Value.reals([0, 0, 0], [1, 3, 1])
    #expect(SingleCall("LSTM", 14, [x, w, w], ["hidden_size": .int(1)]).refusal() == .invalid)
  }
}
