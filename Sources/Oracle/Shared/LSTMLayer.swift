import ExtendedArithmetic
import Tensors

/// The weights, sizes and step of one LSTM call.
struct LSTMLayer {
  struct State {
    var hidden: [DoubleDouble]
    var cell: [DoubleDouble]
  }

  let shared: RecurrentLayer
  private let peepholes: [DoubleDouble]?
  private let initialCell: [DoubleDouble]?
  private let isCoupled: Bool

  init(_ call: Call) throws(EvaluationError) {
    shared = try RecurrentLayer(call, gates: 4, defaults: ["Sigmoid", "Tanh", "Tanh"])
    initialCell = try RecurrentLayer.reals(call, 6, shared.stateShape)
    peepholes = try RecurrentLayer.reals(call, 7, [shared.directions, 3 * shared.hidden])
    isCoupled = try call.flag("input_forget")
  }

  func initialState(_ direction: Int, _ row: Int) -> State {
    State(
      hidden: shared.initialHidden(direction, row),
      cell: (0..<shared.hidden).map {
        initialCell?[shared.statePosition(direction, row, $0)] ?? .zero
      })
  }

  /// One step of the recurrence.
  func next(_ state: State, _ d: Int, _ row: Int, _ step: Int, _ trace: Trace) -> State {
    let input = shared.input(row, step)
    let functions = shared.activations
    let (f, g, h) = (functions[3 * d], functions[3 * d + 1], functions[3 * d + 2])
    var next = state
    for unit in 0..<shared.hidden {
      func sum(_ gate: Int, peephole: Int?, _ cell: DoubleDouble) -> DoubleDouble {
        let linear = shared.gateSum(gate, unit, d, input, state.hidden, trace)
        guard let peepholes, let peephole else { return shared.limited(linear) }
        // Peepholes lie in the order i, o, f.
        let weight = peepholes[(d * 3 + peephole) * shared.hidden + unit]
        return shared.limited(trace.add(linear, trace.multiply(weight, cell)))
      }
      let old = state.cell[unit]
      let i = f.applied(to: sum(0, peephole: 0, old), trace)
      let forget =
        isCoupled
        ? trace.subtract(.one, i) : f.applied(to: sum(2, peephole: 2, old), trace)
      let candidate = g.applied(to: sum(3, peephole: nil, old), trace)
      let cell = trace.add(trace.multiply(forget, old), trace.multiply(i, candidate))
      let o = f.applied(to: sum(1, peephole: 1, cell), trace)
      next.cell[unit] = cell
      next.hidden[unit] = trace.multiply(o, h.applied(to: shared.limited(cell), trace))
    }
    return next
  }
}
