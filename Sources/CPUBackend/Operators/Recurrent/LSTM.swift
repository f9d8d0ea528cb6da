import Tensors

/// A layer of long short-term memory.
///
///     i = f(x·Wiᵀ + h·Riᵀ + Pi∘c + bi)        f = f(x·Wfᵀ + h·Rfᵀ + Pf∘c + bf), or 1 − i
///     c = f∘c + i∘g(x·Wcᵀ + h·Rcᵀ + bc)       o = f(x·Woᵀ + h·Roᵀ + Po∘c + bo)
///     h = o∘h(c)
///
/// Gates lie in the order i, o, f, c. `clip` bounds the argument of every activation. Products are
/// summed in `Float` (`Double` for float64), gates and cells are binary64. Beyond the length of a
/// sequence Y is zero and the state stays what it was.
enum LSTMKernel: OperatorKernel {
  static let name = "LSTM"
  static let versions = [7, 14, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    return x.type == .f64
      ? try evaluate(call, x, as: Double.self) : try evaluate(call, x, as: Float.self)
  }

  private static func evaluate<Number: Real & GemmElement>(
    _ call: Call, _ x: Tensor, as _: Number.Type
  ) throws(KernelError) -> [Value] {
    let input = try RecurrentInput(call, gates: 4)
    let layer = Layer(
      input: input, cell: try LSTMCell(call, input),
      sequence: try input.sequence(x, as: Number.self),
      weights: try call.tensor(1).reals(Number.self),
      recurrence: try call.tensor(2).reals(Number.self), pool: call.resources.pool)
    let hidden = try input.state(call, 5)
    var state = State(
      hidden: hidden, cells: try input.state(call, 6),
      outputs: Array(repeating: 0, count: input.steps * hidden.count))
    for direction in 0..<input.directions { layer.run(direction, &state) }
    return [
      .tensor(try input.outputs(state.outputs, x.type)),
      .tensor(try input.lastState(state.hidden, x.type)),
      .tensor(try input.lastState(state.cells, x.type)),
    ]
  }

  /// States by direction, batch element and unit; outputs also by step.
  private struct State {
    var hidden: [Double]
    var cells: [Double]
    var outputs: [Double]
  }

  private struct Layer<Number: Real & GemmElement> {
    var input: RecurrentInput
    var cell: LSTMCell
    var sequence: [Number]
    var weights: [Number]
    var recurrence: [Number]
    var pool: ThreadPool

    func run(_ direction: Int, _ state: inout State) {
      let (batch, size) = (input.batch, input.hiddenSize)
      let rows = direction * 4 * size..<(direction + 1) * 4 * size
      let depth = input.inputSize
      let gates = DenseLayer.product(
        sequence[...], rows: input.steps * batch,
        weights[rows.lowerBound * depth..<rows.upperBound * depth], columns: 4 * size,
        depth: depth, pool: pool)
      let recurrent = recurrence[rows.lowerBound * size..<rows.upperBound * size]
      for number in 0..<input.steps {
        let hidden = state.hidden[direction * batch * size..<(direction + 1) * batch * size]
        let past = DenseLayer.product(
          hidden.map { Number($0) }[...], rows: batch, recurrent, columns: 4 * size,
          depth: size, pool: pool)
        for element in 0..<batch {
          guard let step = input.step(number, direction: direction, batch: element) else {
            continue
          }
          let row = (step * batch + element) * 4 * size
          advance(
            direction, element, step, gates[row..<row + 4 * size],
            past[element * 4 * size..<(element + 1) * 4 * size], &state)
        }
      }
    }

    /// One step of one batch element.
    private func advance(
      _ direction: Int, _ element: Int, _ step: Int, _ gates: ArraySlice<Number>,
      _ past: ArraySlice<Number>, _ state: inout State
    ) {
      let size = input.hiddenSize
      let start = (direction * input.batch + element) * size
      let output = ((step * input.directions + direction) * input.batch + element) * size
      for unit in 0..<size {
        let sums = (0..<4).map { gate in
          gates[gates.startIndex + gate * size + unit].double
            + past[past.startIndex + gate * size + unit].double
        }
        let next = cell.next(sums, state.cells[start + unit], direction, unit)
        (state.cells[start + unit], state.hidden[start + unit]) = next
        state.outputs[output + unit] = next.hidden
      }
    }
  }
}
