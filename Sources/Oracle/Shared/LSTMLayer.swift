import ExtendedArithmetic
import Tensors

/// The weights, sizes and step of one LSTM call.
struct LSTMLayer {
  struct State {
    var hidden: [DoubleDouble]
    var cell: [DoubleDouble]
  }

  let type: ElementType
  let steps: Int
  let batch: Int
  let hidden: Int
  let directions: Int
  private let features: Int
  private let isBatchFirst: Bool
  private let direction: String
  private let x: [DoubleDouble]
  private let w: [DoubleDouble]
  private let r: [DoubleDouble]
  private let bias: [DoubleDouble]?
  private let peepholes: [DoubleDouble]?
  private let lengths: [Int]
  private let initialHidden: [DoubleDouble]?
  private let initialCell: [DoubleDouble]?
  private let activations: [Activation]
  private let clip: DoubleDouble?
  private let isCoupled: Bool

  init(_ call: Call) throws(EvaluationError) {
    let (x, w, r) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
    guard x.rank == 3, w.rank == 3, r.rank == 3 else { throw .invalid("LSTM needs rank 3") }
    isBatchFirst = try call.int("layout", default: 0) == 1
    (steps, batch) = isBatchFirst ? (x.shape[1], x.shape[0]) : (x.shape[0], x.shape[1])
    direction = try call.string("direction", default: "forward")
    directions = direction == "bidirectional" ? 2 : 1
    hidden = try call.int("hidden_size", default: r.shape[2])
    (type, features) = (x.type, x.shape[2])
    guard ["forward", "reverse", "bidirectional"].contains(direction),
      w.shape == [directions, 4 * hidden, features], r.shape == [directions, 4 * hidden, hidden]
    else { throw .invalid("LSTM: W \(w.shape) or R \(r.shape) do not fit") }
    (self.x, self.w, self.r) = (try x.reals(), try w.reals(), try r.reals())
    bias = try Self.reals(call, 3, [directions, 8 * hidden])
    let states = isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden]
    initialHidden = try Self.reals(call, 5, states)
    initialCell = try Self.reals(call, 6, states)
    peepholes = try Self.reals(call, 7, [directions, 3 * hidden])
    let given = try call.optionalTensor(4)?.ints()
    let all = steps
    lengths = given ?? [Int](repeating: steps, count: batch)
    guard lengths.count == batch, lengths.allSatisfy({ $0 >= 0 && $0 <= all }) else {
      throw .invalid("LSTM: sequence_lens do not fit")
    }
    activations = try Activation.list(
      call, defaults: ["Sigmoid", "Tanh", "Tanh"], directions: directions)
    clip =
      call.node.attributes["clip"] == nil ? nil : DoubleDouble(try call.float("clip", default: 0))
    isCoupled = try call.flag("input_forget")
  }

  private static func reals(
    _ call: Call, _ position: Int, _ shape: Shape
  ) throws(EvaluationError) -> [DoubleDouble]? {
    guard let tensor = try call.optionalTensor(position) else { return nil }
    guard tensor.shape == shape else {
      throw .invalid("LSTM: input \(position) has the shape \(tensor.shape), not \(shape)")
    }
    return try tensor.reals()
  }

  var outputShape: Shape {
    isBatchFirst ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden]
  }

  var stateShape: Shape {
    isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden]
  }

  func outputPosition(_ step: Int, _ direction: Int, _ row: Int, _ unit: Int) -> Int {
    isBatchFirst
      ? ((row * steps + step) * directions + direction) * hidden + unit
      : ((step * directions + direction) * batch + row) * hidden + unit
  }

  func statePosition(_ direction: Int, _ row: Int, _ unit: Int) -> Int {
    isBatchFirst
      ? (row * directions + direction) * hidden + unit
      : (direction * batch + row) * hidden + unit
  }

  /// The steps of one row in the order that a direction walks them.
  func order(_ index: Int, _ row: Int) -> [Int] {
    let forward = Array(0..<lengths[row])
    return direction == "reverse" || index == 1 ? forward.reversed() : forward
  }

  func initialState(_ direction: Int, _ row: Int) -> State {
    func state(_ values: [DoubleDouble]?) -> [DoubleDouble] {
      (0..<hidden).map { values?[statePosition(direction, row, $0)] ?? .zero }
    }
    return State(hidden: state(initialHidden), cell: state(initialCell))
  }

  /// One step of the recurrence.
  func next(_ state: State, _ d: Int, _ row: Int, _ step: Int, _ trace: Trace) -> State {
    let start = (isBatchFirst ? row * steps + step : step * batch + row) * features
    let input = Array(x[start..<(start + features)])
    let (f, g, h) = (activations[3 * d], activations[3 * d + 1], activations[3 * d + 2])
    var next = state
    for unit in 0..<hidden {
      func sum(_ gate: Int, peephole: Int?, _ cell: DoubleDouble) -> DoubleDouble {
        limited(gateSum(gate, unit, d, input, state, peephole.map { ($0, cell) }, trace))
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
      next.hidden[unit] = trace.multiply(o, h.applied(to: limited(cell), trace))
    }
    return next
  }

  private func gateSum(
    _ gate: Int, _ unit: Int, _ d: Int, _ input: [DoubleDouble], _ state: State,
    _ peephole: (Int, DoubleDouble)?, _ trace: Trace
  ) -> DoubleDouble {
    let line = d * 4 * hidden + gate * hidden + unit
    let weights = Array(w[(line * features)..<((line + 1) * features)])
    let recurrent = Array(r[(line * hidden)..<((line + 1) * hidden)])
    var sum = trace.add(trace.dot(input, weights), trace.dot(state.hidden, recurrent))
    if let bias {
      let base = d * 8 * hidden + gate * hidden + unit
      sum = trace.add(sum, trace.add(bias[base], bias[base + 4 * hidden]))
    }
    if let peepholes, let (index, cell) = peephole {
      // Peepholes lie in the order i, o, f.
      let weight = peepholes[d * 3 * hidden + index * hidden + unit]
      sum = trace.add(sum, trace.multiply(weight, cell))
    }
    return sum
  }

  private func limited(_ sum: DoubleDouble) -> DoubleDouble {
    guard let clip else { return sum }
    return Swift.min(Swift.max(sum, .zero - clip), clip)
  }
}
