import ModelFormat
import Tensors
import Testing

@Suite("Losses, ranges, determinants and convolutions of codes")
struct LossTests {
  private static let scores: [Double] = [1, 2, 2, 2, 3, 2, 0, 1, 2, 2, 1, 2]

  private static func loss(_ reduction: String, weighted: Bool) throws -> SingleCall {
    let input = try Value.reals(scores, [2, 3, 2])
    let target = try Value.integers([2, 1, 0, 2], [2, 2])
    return SingleCall(
      "NegativeLogLikelihoodLoss", 13,
      [input, target, weighted ? try .reals([0.2, 0.3, 0.1]) : nil],
      ["reduction": .string(reduction)])
  }

  @Test("NegativeLogLikelihoodLoss: the three examples of the text")
  func negativeLogLikelihood() throws {
    #expect(try Self.loss("none", weighted: false).reals() == [-3, -2, 0, -2])
    #expect(try Self.loss("sum", weighted: true).reals() == [Double(Float(-1.1))])
    // (−0.3 − 0.6 − 0 − 0.2) / (0.1 + 0.3 + 0.2 + 0.1), of weights rounded to float32.
    let mean = try Self.loss("mean", weighted: true).reals()[0]
    #expect(abs(mean + 1.1 / 0.7) < 1e-6)
  }

  @Test("An ignored sample has no loss; a mean without weights is then open")
  func ignored() throws {
    let inputs = [try Value.reals([-1, -2, -3, -4], [2, 2]), try .integers([-1, 1])]
    func call(_ reduction: String) -> SingleCall {
      SingleCall(
        "NegativeLogLikelihoodLoss", 13, inputs,
        ["reduction": .string(reduction), "ignore_index": .int(-1)])
    }
    #expect(try call("none").reals() == [0, 4])
    #expect(try call("mean").column().undefined == [true])
    #expect(
      SingleCall("NegativeLogLikelihoodLoss", 13, inputs).refusal() == .invalid)
  }

  @Test("SoftmaxCrossEntropyLoss of equal scores is the logarithm of the number of classes")
  func crossEntropy() throws {
    let inputs = [
      try Value.reals([1000, 1000, 1000, 1000], [1, 4], type: .f64), try .integers([2]),
    ]
    let call = SingleCall("SoftmaxCrossEntropyLoss", 13, inputs, outputs: 2)
    // ln 4 (DLMF 4.2).
    #expect(try call.reals(0) == [1.3862943611198906])
    #expect(try call.reals(1) == [Double](repeating: -1.3862943611198906, count: 4))
  }

  @Test("Range: the examples of the text, fractions, and nothing")
  func range() throws {
    func integers(_ start: Int128, _ limit: Int128, _ delta: Int128) throws -> [Int] {
      try SingleCall(
        "Range", 11,
        [try .integers([start], []), try .integers([limit], []), try .integers([delta], [])]
      ).integers()
    }
    #expect(try integers(3, 9, 3) == [3, 6])
    #expect(try integers(10, 4, -2) == [10, 8, 6])
    #expect(try integers(10, 3, -2) == [10, 8, 6, 4])
    #expect(try integers(5, 5, 1) == [])
    #expect(try integers(5, 2, 1) == [])
    let fractions = SingleCall(
      "Range", 11, [try .reals([0.5], []), try .reals([2], []), try .reals([0.75], [])])
    #expect(try fractions.reals() == [0.5, 1.25])
    // No element, however far the limit lies the wrong way.
    let far = SingleCall(
      "Range", 11, try [0, -1e300, 1].map { try .reals([$0], [], type: .f64) })
    #expect(try far.reals() == [])
  }

  @Test("Det of triangles, of exchanged rows and of a singular matrix")
  func determinant() throws {
    let x = try Value.reals([2, 9, 0, 3, 0, 1, 1, 0, 1, 2, 2, 4], [3, 2, 2], type: .f64)
    #expect(try SingleCall("Det", 22, [x]).reals() == [6, -1, 0])
    #expect(try SingleCall("Det", 22, [try .reals([1, 2, 3, 4], [2, 2])]).shape() == [])
    #expect(SingleCall("Det", 22, [try .reals([1, 2], [1, 2])]).refusal() == .invalid)
  }

  @Test("Padding holds the zero point of the image, and filters have zero points of their own")
  func convolutions() throws {
    let x = try Value.integers([2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 1, 3, 3], type: .u8)
    let w = try Value.integers([1, 1, 1, 1], [1, 1, 2, 2], type: .u8)
    let one = try Value.integers([1], [], type: .u8)
    #expect(try SingleCall("ConvInteger", 10, [x, w, one]).integers() == [12, 16, 24, 28])
    let padded = SingleCall("ConvInteger", 10, [x, w, one], ["pads": .ints([1, 1, 0, 0])])
    #expect(try padded.integers() == [1, 3, 5, 5, 12, 16, 11, 24, 28])
    let filters = try Value.integers([1, 2], [2, 1, 1, 1], type: .u8)
    let row = try Value.integers([0, 1], [2], type: .u8)
    let both = SingleCall("ConvInteger", 10, [x, filters, one, row])
    #expect(try both.integers() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  }

  @Test("QLinearConv adds the bias before it scales, rounds ties to even and saturates")
  func quantisedConvolution() throws {
    let x = try Value.integers([1, 3, 5, 100], [1, 1, 4], type: .i8)
    let w = try Value.integers([1], [1, 1, 1], type: .i8)
    let zero = try Value.integers([0], [], type: .i8)
    let one = try Value.reals([1], [])
    let inputs: [Value?] = [
      x, try .reals([0.5], []), zero, w, one, zero, one, zero,
    ]
    // Halves 0.5, 1.5, 2.5 and 50.
    #expect(try SingleCall("QLinearConv", 10, inputs).integers() == [0, 2, 2, 50])
    let bias = try Value.integers([200], type: .i32)
    #expect(try SingleCall("QLinearConv", 10, inputs + [bias]).integers() == [100, 102, 102, 127])
  }

  @Test("GRU without weights halves its state; RNN without weights is the activation of zero")
  func recurrence() throws {
    func zeros(_ shape: Shape) throws -> Value {
      try .reals([Double](repeating: 0, count: shape.reduce(1, *)), shape)
    }
    // z = r = σ(0) = ½ and n = tanh(0) = 0, so that h' = h/2.
    let gru = SingleCall(
      "GRU", 14,
      [
        try zeros([2, 1, 1]), try zeros([1, 3, 1]), try zeros([1, 3, 1]), nil, nil,
        try .reals([8], [1, 1, 1]),
      ], ["hidden_size": .int(1)], outputs: 2)
    #expect(try gru.reals(0) == [4, 2])
    #expect(try gru.reals(1) == [2])
    let rnn = SingleCall(
      "RNN", 14, [try zeros([2, 1, 1]), try zeros([1, 1, 1]), try zeros([1, 1, 1])],
      ["hidden_size": .int(1), "activations": .strings(["Sigmoid"])], outputs: 2)
    #expect(try rnn.reals(0) == [0.5, 0.5])
  }

  @Test("linear_before_reset scales the bias of R, and otherwise it does not")
  func resetGate() throws {
    // r = σ(0) = ½, z = 0 by a bias of −∞ in effect, and bRh = 2 under an affine activation.
    func state(_ linear: Int64) throws -> [Double] {
      let zeros = try Value.reals([0, 0, 0], [1, 3, 1])
      return try SingleCall(
        "GRU", 14,
        [
          try .reals([0], [1, 1, 1]), zeros, zeros,
          try .reals([-1000, 0, 0, 0, 0, 2], [1, 6]), nil, try .reals([0], [1, 1, 1]),
        ],
        [
          "hidden_size": .int(1), "linear_before_reset": .int(linear),
          "activations": .strings(["Sigmoid", "Affine"]),
        ], outputs: 2
      ).reals(1)
    }
    #expect(try state(0) == [2])
    #expect(try state(1) == [1])
  }
}
