import ModelFormat
import Tensors
import Testing

@Suite("LSTM of the CPU backend")
struct RecurrentTests {
  /// Activations that let whole numbers through, so that every state has an exact value.
  private let exact: [String: Attribute] = ["activations": .strings(["Relu", "Relu", "Relu"])]

  /// One unit whose gates are the products of x with the weights, in the order i, o, f, c.
  private func weights(_ values: [Double], type: ElementType = .f32) -> Tensor {
    floats(type, [1, 4, 1], values)
  }

  private let none = floats(.f32, [1, 4, 1], [0, 0, 0, 0])

  @Test("Gates lie in the order i, o, f, c", arguments: [ElementType.f32, .f64, .f16, .bf16])
  func gateOrder(type: ElementType) throws {
    // Two steps of x = 1: i = 2, o = 3, f = 5, c̃ = 7.
    let x = floats(type, [2, 1, 1], [1, 1])
    let outputs = try run(
      "LSTM", opset: 22,
      [x, weights([2, 3, 5, 7], type: type), weights([0, 0, 0, 0], type: type)],
      attributes: exact.merging(["hidden_size": .int(1)]) { $1 }, outputs: [type, type, type])
    // c = 14, then 5·14 + 14 = 84; h = 3·c.
    #expect(outputs[0] == floats(type, [2, 1, 1, 1], [42, 252]))
    #expect(outputs[1] == floats(type, [1, 1, 1], [252]))
    #expect(outputs[2] == floats(type, [1, 1, 1], [84]))
  }

  @Test("The default activations are sigmoid, tanh and tanh")
  func defaultActivations() throws {
    let outputs = try run(
      "LSTM", opset: 14,
      [
        floats(.f64, [1, 1, 1], [0]), weights([0, 0, 0, 0], type: .f64),
        weights([0, 0, 0, 0], type: .f64),
        floats(.f64, [1, 8], [0, 0, 0, 1, 0, 0, 0, 1]),
      ],
      attributes: ["hidden_size": .int(1)], outputs: [.f64, .f64, .f64])
    // c = ½·tanh 2 = 0.48201379003790845, h = ½·tanh c.
    let cell = try #require(outputs[2].doubles)[0]
    let hidden = try #require(outputs[1].doubles)[0]
    #expect(abs(cell - 0.48201379003790845) < 1e-15)
    #expect(abs(hidden - 0.2239274686640464) < 1e-15)
  }

  @Test("Recurrent weights, biases, initial states and peepholes enter the gates")
  func allInputs() throws {
    let outputs = try run(
      "LSTM", opset: 14,
      [
        floats(.f32, [1, 1, 1], [1]), weights([1, 1, 1, 1]), weights([1, 2, 3, 4]),
        floats(.f32, [1, 8], [1, 0, 0, 0, 0, 1, 0, 0]), nil, floats(.f32, [1, 1, 1], [10]),
        floats(.f32, [1, 1, 1], [2]), floats(.f32, [1, 3], [1, 1, 1]),
      ], attributes: exact.merging(["hidden_size": .int(1)]) { $1 }, outputs: [.f32, .f32, .f32])
    // i = 1 + 10 + 2 + 1 = 14, f = 1 + 30 + 2 = 33, c̃ = 1 + 40 = 41, c = 66 + 574 = 640,
    // o = 1 + 20 + 640 + 1 = 662.
    #expect(outputs[2] == floats(.f32, [1, 1, 1], [640]))
    #expect(outputs[1] == floats(.f32, [1, 1, 1], [662 * 640]))
  }

  @Test("Clip bounds the arguments, input_forget couples the gates")
  func clipAndCoupling() throws {
    let x = floats(.f32, [2, 1, 1], [1, 1])
    let clipped = try run(
      "LSTM", opset: 14, [x, weights([2, 3, 5, 7]), none],
      attributes: exact.merging(["hidden_size": .int(1), "clip": .float(4)]) { $1 },
      outputs: [.f32, .f32, .f32])
    // i = 2, o = 3, f = 4, c̃ = 4: c = 8, then 40; the argument of the last activation is clipped.
    #expect(clipped[0] == floats(.f32, [2, 1, 1, 1], [12, 12]))
    #expect(clipped[2] == floats(.f32, [1, 1, 1], [40]))
    let coupled = try run(
      "LSTM", opset: 14, [x, weights([2, 3, 5, 7]), none],
      attributes: exact.merging(["hidden_size": .int(1), "input_forget": .int(1)]) { $1 },
      outputs: [.f32, .f32, .f32])
    // f = 1 − 2: c = 14, then −14 + 14 = 0.
    #expect(coupled[2] == floats(.f32, [1, 1, 1], [0]))
  }

  @Test("Beyond its length a sequence gives zeros, and keeps its last state")
  func lengths() throws {
    // The cell sums the input: i = x, c̃ = 1, f = 1, o = 1 by bias.
    let x = floats(.f32, [3, 2, 1], [1, 10, 2, 20, 4, 40])
    let inputs = [
      x, weights([1, 0, 0, 0]), none, floats(.f32, [1, 8], [0, 1, 1, 1, 0, 0, 0, 0]),
      integers(.i32, [2], [1, 3]),
    ]
    let forward = try run(
      "LSTM", opset: 14, inputs, attributes: exact.merging(["hidden_size": .int(1)]) { $1 },
      outputs: [.f32, .f32, .f32])
    #expect(forward[0] == floats(.f32, [3, 1, 2, 1], [1, 10, 0, 30, 0, 70]))
    #expect(forward[1] == floats(.f32, [1, 2, 1], [1, 70]))
    let reverse = try run(
      "LSTM", opset: 14, inputs,
      attributes: exact.merging(["hidden_size": .int(1), "direction": .string("reverse")]) { $1 },
      outputs: [.f32, .f32, .f32])
    #expect(reverse[0] == floats(.f32, [3, 1, 2, 1], [1, 70, 0, 60, 0, 40]))
    #expect(reverse[1] == floats(.f32, [1, 2, 1], [1, 70]))
  }

  @Test("Both directions and layout 1 arrange the axes")
  func bidirectional() throws {
    let x = floats(.f32, [2, 3, 1], [1, 2, 4, 10, 20, 40])
    let w = floats(.f32, [2, 4, 1], [1, 0, 0, 0, 1, 0, 0, 0])
    let r = floats(.f32, [2, 4, 1], Array(repeating: 0, count: 8))
    let b = floats(.f32, [2, 8], [0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0])
    let outputs = try run(
      "LSTM", opset: 14, [x, w, r, b],
      attributes: [
        "activations": .strings(Array(repeating: "Relu", count: 6)), "layout": .int(1),
        "hidden_size": .int(1), "direction": .string("bidirectional"),
      ], outputs: [.f32, .f32, .f32])
    #expect(
      outputs[0]
        == floats(.f32, [2, 3, 2, 1], [1, 7, 3, 6, 7, 4, 10, 70, 30, 60, 70, 40]))
    #expect(outputs[1] == floats(.f32, [2, 2, 1], [7, 7, 70, 70]))
  }

  @Test("A sequence in two halves with the state handed over is the whole sequence")
  func handOver() throws {
    let x = floats(.f32, [4, 1, 1], [0.5, -1, 2, 0.25])
    let (w, r) = (weights([0.3, -0.2, 0.7, 1.1]), weights([0.1, 0.4, -0.6, 0.9]))
    let settings: [String: Attribute] = ["hidden_size": .int(1)]
    let whole = try run(
      "LSTM", opset: 14, [x, w, r], attributes: settings, outputs: [.f32, .f32, .f32])
    let first = try run(
      "LSTM", opset: 14, [floats(.f32, [2, 1, 1], [0.5, -1]), w, r], attributes: settings,
      outputs: [.f32, .f32, .f32])
    let second = try run(
      "LSTM", opset: 14,
      [floats(.f32, [2, 1, 1], [2, 0.25]), w, r, nil, nil, first[1], first[2]],
      attributes: settings, outputs: [.f32, .f32, .f32])
    let (a, b) = (try #require(whole[1].doubles)[0], try #require(second[1].doubles)[0])
    #expect(abs(a - b) <= 0x1p-22)
  }

  @Test("Unknown activations, lengths out of range and weights that do not fit are refused")
  func refused() {
    let x = floats(.f32, [1, 1, 1], [1])
    expectError(.invalidModel) {
      _ = try run(
        "LSTM", opset: 14, [x, none, none],
        attributes: ["hidden_size": .int(1), "activations": .strings(["Relu", "Relu", "Cosine"])],
        output: .f32)
    }
    expectError(.invalidInput) {
      _ = try run(
        "LSTM", opset: 14, [x, none, none, nil, integers(.i32, [1], [2])],
        attributes: ["hidden_size": .int(1)], output: .f32)
    }
    expectError(.invalidInput) {
      _ = try run(
        "LSTM", opset: 14, [x, floats(.f32, [1, 4, 2], Array(repeating: 0, count: 8)), none],
        attributes: ["hidden_size": .int(1)], output: .f32)
    }
  }
}
