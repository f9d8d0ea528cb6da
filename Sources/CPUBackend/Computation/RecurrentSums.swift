import Tensors

/// The linear parts of a recurrent operator, one unit at a time, in binary64.
struct RecurrentSums {
  private let input: RecurrentInput
  private let gates: Int
  private let weights: [Double]
  private let recurrence: [Double]
  /// By direction, half (of W, of R), gate and unit; empty without bias.
  private let bias: [Double]
  private let clip: Double

  /// Reads the weights, the bias and `clip`.
  ///
  /// - Throws: `invalidModel` for a negative clip.
  init(_ call: Call, _ input: RecurrentInput, gates: Int) throws(KernelError) {
    (self.input, self.gates) = (input, gates)
    weights = try call.tensor(1).reals(Double.self)
    recurrence = try call.tensor(2).reals(Double.self)
    bias = try call.optionalTensor(3)?.reals(Double.self) ?? []
    clip = Double(try call.float("clip", default: .infinity))
    guard clip >= 0 else { throw .invalidModel("clip is \(clip), it must not be negative") }
  }

  /// x·Wᵀ of a unit of a gate.
  func input(_ x: ArraySlice<Double>, _ gate: Int, _ unit: Int, _ direction: Int) -> Double {
    let row = ((direction * gates + gate) * input.hiddenSize + unit) * input.inputSize
    return zip(x, weights[row..<row + input.inputSize]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// h·Rᵀ of a unit of a gate.
  func recurrent(_ h: ArraySlice<Double>, _ gate: Int, _ unit: Int, _ direction: Int) -> Double {
    let row = ((direction * gates + gate) * input.hiddenSize + unit) * input.hiddenSize
    return zip(h, recurrence[row..<row + input.hiddenSize]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The bias beside W.
  func inputBias(_ gate: Int, _ unit: Int, _ direction: Int) -> Double {
    bias.isEmpty ? 0 : bias[(direction * 2 * gates + gate) * input.hiddenSize + unit]
  }

  /// The bias beside R.
  func recurrentBias(_ gate: Int, _ unit: Int, _ direction: Int) -> Double {
    bias.isEmpty ? 0 : bias[((direction * 2 + 1) * gates + gate) * input.hiddenSize + unit]
  }

  /// x·Wᵀ + h·Rᵀ and both biases.
  func whole(
    _ x: ArraySlice<Double>, _ h: ArraySlice<Double>, _ gate: Int, _ unit: Int, _ direction: Int
  ) -> Double {
    input(x, gate, unit, direction) + recurrent(h, gate, unit, direction)
      + inputBias(gate, unit, direction) + recurrentBias(gate, unit, direction)
  }

  /// The argument of an activation.
  func clipped(_ x: Double) -> Double {
    // Comparisons, so that NaN passes.
    x > clip ? clip : x < -clip ? -clip : x
  }
}

extension RecurrentInput {
  /// Y and Y_h of an operator whose state is the hidden one alone.
  ///
  /// - Parameter next: The state after a step, from a direction, the features and the state before.
  func outputs(
    _ call: Call, _ x: Tensor,
    _ next: (Int, ArraySlice<Double>, ArraySlice<Double>) -> [Double]
  ) throws(KernelError) -> [Value] {
    let values = try sequence(x, as: Double.self)
    var hidden = try state(call, 5)
    var results = [Double](repeating: 0, count: steps * hidden.count)
    for direction in 0..<directions {
      for element in 0..<batch {
        let start = (direction * batch + element) * hiddenSize
        for number in 0..<steps {
          guard let step = step(number, direction: direction, batch: element) else { break }
          let row = (step * batch + element) * inputSize
          let after = next(
            direction, values[row..<row + inputSize], hidden[start..<start + hiddenSize])
          let output = ((step * directions + direction) * batch + element) * hiddenSize
          for (unit, value) in after.enumerated() {
            hidden[start + unit] = value
            results[output + unit] = value
          }
        }
      }
    }
    return [.tensor(try outputs(results, x.type)), .tensor(try lastState(hidden, x.type))]
  }
}
