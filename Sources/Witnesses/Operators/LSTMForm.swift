import CPUBackend
import Tensors

/// A layer of long short-term memory with every step in the compute type.
struct LSTMForm: Sendable {
  /// Whether x·Wᵀ + h·Rᵀ is one sum over both, as of concatenated operands.
  var isConcatenated: Bool
  let way: Summation

  var lstm: Computation {
    Computation { call, plain throws(KernelError) in
      let outputs =
        try call.tensor(0).type == .f64
        ? LSTMLayer<Double>(call, self).outputs(call)
        : LSTMLayer<Float>(call, self).outputs(call)
      return Array(outputs.prefix(max(plain.count, 1)))
    }
  }
}

extension LSTMForm {
  /// Every step in binary16.
  var half: Computation {
    Computation(types: [.f16]) { call, plain throws(KernelError) in
      Array(try LSTMLayer<Float16>(call, self).outputs(call).prefix(max(plain.count, 1)))
    }
  }
}

/// The operands and the state of one call.
private struct LSTMLayer<Number: Real> {
  private let form: LSTMForm
  private let input: RecurrentInput
  private let sequence: [Number]
  private let weights: [Number]
  private let recurrence: [Number]
  /// Both biases added; empty without bias.
  private let bias: [Number]
  private let peepholes: [Number]
  private let activations: [RecurrentActivation]
  private let clip: Number
  private let isForgetCoupled: Bool
  private var hidden: [Number]
  private var cells: [Number]
  private var y: [Number]

  init(_ call: Call, _ form: LSTMForm) throws(KernelError) {
    self.form = form
    input = try RecurrentInput(call, gates: 4)
    let prepared = form.way.factors
    sequence = prepared.prepared(try input.sequence(try call.tensor(0), as: Number.self))
    weights = prepared.prepared(try call.tensor(1).reals(Number.self))
    recurrence = prepared.prepared(try call.tensor(2).reals(Number.self))
    let size = input.hiddenSize
    if let biases = try call.optionalTensor(3)?.reals(Number.self) {
      bias = (0..<input.directions * 4 * size).map { index in
        let start = index / (4 * size) * 8 * size + index % (4 * size)
        return biases[start] + biases[start + 4 * size]
      }
    } else {
      bias = []
    }
    peepholes = try call.optionalTensor(7)?.reals(Number.self) ?? []
    let names = Array(repeating: ["Sigmoid", "Tanh", "Tanh"], count: input.directions)
    activations = try RecurrentActivation.list(
      call.attributes, defaults: Array(names.joined()))
    clip = Number(try call.float("clip", default: .infinity))
    isForgetCoupled = try call.flag("input_forget", default: false)
    hidden = try input.state(call, 5).map { Number($0) }
    cells = try input.state(call, 6).map { Number($0) }
    y = [Number](repeating: 0, count: input.steps * hidden.count)
  }

  /// Y, the last hidden state and the last cell state.
  func outputs(_ call: Call) throws(KernelError) -> [Value] {
    var layer = self
    for direction in 0..<input.directions {
      for number in 0..<input.steps { layer.advance(direction, number) }
    }
    let type = try call.tensor(0).type
    return [
      .tensor(try input.outputs(layer.y, type)),
      .tensor(try input.lastState(layer.hidden.map(\.double), type)),
      .tensor(try input.lastState(layer.cells.map(\.double), type)),
    ]
  }

  private mutating func advance(_ direction: Int, _ number: Int) {
    let size = input.hiddenSize
    for element in 0..<input.batch {
      guard let step = input.step(number, direction: direction, batch: element) else { continue }
      let start = (direction * input.batch + element) * size
      let row = (step * input.batch + element) * input.inputSize
      let x = Array(sequence[row..<row + input.inputSize])
      let past = form.way.factors.prepared(Array(hidden[start..<start + size]))
      let output = ((step * input.directions + direction) * input.batch + element) * size
      for unit in 0..<size {
        let sums = (0..<4).map { gate(direction, $0, unit, x, past) }
        let next = next(sums, cells[start + unit], direction, unit)
        (cells[start + unit], hidden[start + unit]) = next
        y[output + unit] = next.hidden
      }
    }
  }

  /// x·Wᵀ + h·Rᵀ + bias of a gate.
  private func gate(
    _ direction: Int, _ gate: Int, _ unit: Int, _ x: [Number], _ past: [Number]
  ) -> Number {
    let size = input.hiddenSize
    let row = (direction * 4 + gate) * size + unit
    let w = Array(weights[row * input.inputSize..<(row + 1) * input.inputSize])
    let r = Array(recurrence[row * size..<(row + 1) * size])
    let way = form.way
    var sum: Number
    if form.isConcatenated {
      sum = way.dot(x + past, w + r, SummationPlan(way.order, count: x.count + size))
    } else {
      sum =
        way.dot(x, w, SummationPlan(way.order, count: x.count))
        + way.dot(past, r, SummationPlan(way.order, count: size))
    }
    if !bias.isEmpty { sum += bias[row] }
    return sum
  }

  private func next(
    _ sums: [Number], _ cell: Number, _ direction: Int, _ unit: Int
  ) -> (cell: Number, hidden: Number) {
    let size = input.hiddenSize
    func activated(_ function: Int, _ x: Number) -> Number {
      Number(activations[3 * direction + function](clipped(x).double))
    }
    func looked(_ sum: Number, _ gate: Int, _ cell: Number) -> Number {
      peepholes.isEmpty ? sum : sum + peepholes[(direction * 3 + gate) * size + unit] * cell
    }
    let admitted = activated(0, looked(sums[0], 0, cell))
    let kept = isForgetCoupled ? 1 - admitted : activated(0, looked(sums[2], 2, cell))
    let next = kept * cell + admitted * activated(1, sums[3])
    let output = activated(0, looked(sums[1], 1, next))
    return (next, output * activated(2, next))
  }

  private func clipped(_ x: Number) -> Number {
    // Comparisons, so that NaN passes.
    x > clip ? clip : x < -clip ? -clip : x
  }
}
