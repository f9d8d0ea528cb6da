import Tensors

/// The elementwise part of one LSTM step.
struct LSTMCell {
  private let activations: [RecurrentActivation]
  /// Both biases together, by direction, gate and unit; empty without bias.
  private let bias: [Double]
  /// By direction, gate (i, o, f) and unit; empty without peepholes.
  private let peepholes: [Double]
  private let size: Int
  private let clip: Double
  private let isForgetCoupled: Bool

  init(_ call: Call, _ input: RecurrentInput) throws(KernelError) {
    size = input.hiddenSize
    let names = Array(repeating: ["Sigmoid", "Tanh", "Tanh"], count: input.directions)
    activations = try RecurrentActivation.list(call.attributes, defaults: Array(names.joined()))
    clip = Double(try call.float("clip", default: .infinity))
    guard clip >= 0 else { throw .invalidModel("clip is \(clip), it must not be negative") }
    isForgetCoupled = try call.flag("input_forget", default: false)
    bias = try Self.bias(call, input)
    guard let tensor = try call.optionalTensor(7) else {
      peepholes = []
      return
    }
    guard tensor.shape == [input.directions, 3 * size] else {
      throw .invalidInput("the peepholes have shape \(tensor.shape)")
    }
    peepholes = try tensor.reals(Double.self)
  }

  private static func bias(_ call: Call, _ input: RecurrentInput) throws(KernelError) -> [Double] {
    guard let values = try call.optionalTensor(3)?.reals(Double.self) else { return [] }
    let half = 4 * input.hiddenSize
    return (0..<input.directions).flatMap { direction in
      (0..<half).map { values[2 * direction * half + $0] + values[(2 * direction + 1) * half + $0] }
    }
  }

  /// The cell and hidden state after a step.
  ///
  /// - Parameter sums: x·Wᵀ + h·Rᵀ of the gates i, o, f, c.
  func next(
    _ sums: [Double], _ cell: Double, _ direction: Int, _ unit: Int
  ) -> (cell: Double, hidden: Double) {
    func argument(_ gate: Int, _ peephole: Double?) -> Double {
      var sum = sums[gate]
      if !bias.isEmpty { sum += bias[(direction * 4 + gate) * size + unit] }
      if let peephole, !peepholes.isEmpty {
        sum += peepholes[(direction * 3 + gate) * size + unit] * peephole
      }
      return clipped(sum)
    }
    let functions = activations[(3 * direction)..<(3 * direction + 3)]
    let (f, g, h) = (
      functions[3 * direction], functions[3 * direction + 1], functions[3 * direction + 2]
    )
    let input = f(argument(0, cell))
    let forget = isForgetCoupled ? 1 - input : f(argument(2, cell))
    let next = forget * cell + input * g(argument(3, nil))
    let output = f(argument(1, next))
    return (next, output * h(clipped(next)))
  }

  private func clipped(_ x: Double) -> Double {
    // Comparisons, so that NaN passes.
    x > clip ? clip : x < -clip ? -clip : x
  }
}
