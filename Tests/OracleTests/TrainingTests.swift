import ModelFormat
import Spec
import Tensors
import Testing

@Suite("Optimisers and FlexAttention")
struct TrainingTests {
  private func step(
    _ name: String, _ tensors: [Double], count: Int128, _ attributes: [String: Attribute],
    outputs: Int
  ) throws -> SingleCall {
    var inputs: [Value?] = [try .reals([0.5], []), try .integers([count], [])]
    for value in tensors { inputs.append(try .reals([value])) }
    return SingleCall(
      name, 1, inputs, attributes, outputs: outputs, domain: "ai.onnx.preview.training")
  }

  @Test("AdaGrad divides the rate and the gradient, worked out by hand")
  func adagrad() throws {
    // r = 0.5 / (1 + 3·1) = 1/8, g = 2·3 − 2 = 4, h = 9 + 16 = 25, x = 3 − (1/8)·4 / (5 + 1).
    let call = try step(
      "Adagrad", [3, -2, 9], count: 3,
      ["norm_coefficient": .float(2), "decay_factor": .float(1), "epsilon": .float(1)], outputs: 2)
    #expect(try call.reals(0) == [Double(Float(3 - 0.5 / 6))])
    #expect(try call.reals(1) == [25])
    #expect(try step("Adagrad", [3, -2], count: 3, [:], outputs: 2).refusal() == .invalid)
  }

  @Test("Adam corrects young averages where the count is above 0")
  func adam() throws {
    let attributes: [String: Attribute] = [
      "alpha": .float(0.5), "beta": .float(0.75), "epsilon": .float(0),
    ]
    // v = 0.5·2 + 0.5·4 = 3, h = 0.75·4 + 0.25·16 = 7; at a count of 1 the rate is
    // 0.5·√0.25 / 0.5 = 0.5, at 0 it is 0.5 as well, at 2 it is 0.5·√0.4375 / 0.75.
    for (count, rate) in [(0, 0.5), (1, 0.5), (2, 0.5 * 0.4375.squareRoot() / 0.75)] {
      let call = try step("Adam", [1, 4, 2, 4], count: Int128(count), attributes, outputs: 3)
      #expect(try abs(call.reals(0)[0] - (1 - rate * 3 / 7.squareRoot())) < 1e-7)
      #expect(try call.reals(1) == [3])
      #expect(try call.reals(2) == [7])
    }
  }

  @Test("Momentum: Nesterov looks one step ahead, the first gradient counts fully")
  func momentum() throws {
    func attributes(_ mode: String) -> [String: Attribute] {
      [
        "alpha": .float(0.5), "beta": .float(0.25), "norm_coefficient": .float(1),
        "mode": .string(mode),
      ]
    }
    // g = 2 + 6 = 8, v = 0.5·4 + 0.25·8 = 4, or 2 + 8 = 10 at a count of 0.
    let standard = try step("Momentum", [2, 6, 4], count: 1, attributes("standard"), outputs: 2)
    #expect(try standard.reals(0) == [0])
    #expect(try standard.reals(1) == [4])
    let ahead = try step("Momentum", [2, 6, 4], count: 1, attributes("nesterov"), outputs: 2)
    #expect(try ahead.reals(0) == [2 - 0.5 * (8 + 2)])
    let first = try step("Momentum", [2, 6, 4], count: 0, attributes("standard"), outputs: 2)
    #expect(try first.reals(1) == [10])
    let other = try step("Momentum", [2, 6, 4], count: 0, attributes("heavy"), outputs: 2)
    #expect(other.refusal() == .invalid)
  }

  private func attention(_ attributes: [String: Attribute], heads: Int = 1) throws -> SingleCall {
    let zeros = try Value.reals(
      Array(repeating: 0, count: 2 * heads), [1, heads, 2, 1])
    return SingleCall(
      "FlexAttention", 1,
      [zeros, try .reals([0, 0], [1, 1, 2, 1]), try .reals([4, 6], [1, 1, 2, 1])], attributes,
      domain: "ai.onnx.preview")
  }

  @Test("FlexAttention averages the values of equal scores, for every query head of a group")
  func average() throws {
    #expect(try attention([:]).reals() == [5, 5])
    #expect(try attention([:], heads: 3).reals() == [5, 5, 5, 5, 5, 5])
    #expect(try attention(["scale": .float(0)]).reals() == [5, 5])
  }

  @Test("A subgraph of FlexAttention takes one tensor and keeps its shape")
  func subgraphs() throws {
    let pair = try Graph(
      text: "b (float[1, 1, 2, 2] x, float[1] z) => (float[1, 1, 2, 2] y) { y = Add (x, z) }")
    #expect(try attention(["prob_mod": .graph(pair)]).refusal() == .invalid)
    let none = try Graph(text: "b (float[1, 1, 2, 2] x) => (float[1, 1, 2, 2] x) {}")
    #expect(try attention(["score_mod": .graph(none)]).reals() == [5, 5])
  }
}
