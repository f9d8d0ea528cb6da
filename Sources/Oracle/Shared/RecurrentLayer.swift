import ExtendedArithmetic
import Tensors

/// The weights, sizes and order of steps of one call of a recurrent operator.
struct RecurrentLayer {
  let type: ElementType
  let steps: Int
  let batch: Int
  let hidden: Int
  let directions: Int
  /// Those of the first direction, then those of the second.
  let activations: [Activation]
  private let gates: Int
  private let features: Int
  private let isBatchFirst: Bool
  private let direction: String
  private let x: [DoubleDouble]
  private let w: [DoubleDouble]
  private let r: [DoubleDouble]
  private let bias: [DoubleDouble]?
  private let lengths: [Int]
  private let initialHidden: [DoubleDouble]?
  private let clip: DoubleDouble?

  /// Reads inputs 0 … 5 and the attributes that all recurrent operators share.
  init(_ call: Call, gates: Int, defaults: [String]) throws(EvaluationError) {
    let name = call.node.operatorName
    let (x, w, r) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
    guard x.rank == 3, w.rank == 3, r.rank == 3 else { throw .invalid("\(name) needs rank 3") }
    isBatchFirst = try call.int("layout", default: 0) == 1
    (steps, batch) = isBatchFirst ? (x.shape[1], x.shape[0]) : (x.shape[0], x.shape[1])
    direction = try call.string("direction", default: "forward")
    directions = direction == "bidirectional" ? 2 : 1
    hidden = try call.int("hidden_size", default: r.shape[2])
    (type, features, self.gates) = (x.type, x.shape[2], gates)
    guard ["forward", "reverse", "bidirectional"].contains(direction),
      w.shape == [directions, gates * hidden, features],
      r.shape == [directions, gates * hidden, hidden]
    else { throw .invalid("\(name): W \(w.shape) or R \(r.shape) do not fit") }
    (self.x, self.w, self.r) = (try x.reals(), try w.reals(), try r.reals())
    bias = try Self.reals(call, 3, [directions, 2 * gates * hidden])
    initialHidden = try Self.reals(
      call, 5, isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden])
    let given = try call.optionalTensor(4)?.ints()
    let all = steps
    lengths = given ?? [Int](repeating: steps, count: batch)
    guard lengths.count == batch, lengths.allSatisfy({ $0 >= 0 && $0 <= all }) else {
      throw .invalid("\(name): sequence_lens do not fit")
    }
    activations = try Activation.list(call, defaults: defaults, directions: directions)
    clip =
      call.node.attributes["clip"] == nil ? nil : DoubleDouble(try call.float("clip", default: 0))
  }

  /// An optional input, which has to have the shape.
  static func reals(
    _ call: Call, _ position: Int, _ shape: Shape
  ) throws(EvaluationError) -> [DoubleDouble]? {
    guard let tensor = try call.optionalTensor(position) else { return nil }
    guard tensor.shape == shape else {
      throw .invalid(
        "\(call.node.operatorName): input \(position) has the shape \(tensor.shape), not \(shape)")
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

  /// The features of one step of one row.
  func input(_ row: Int, _ step: Int) -> [DoubleDouble] {
    let start = (isBatchFirst ? row * steps + step : step * batch + row) * features
    return Array(x[start..<(start + features)])
  }

  func initialHidden(_ direction: Int, _ row: Int) -> [DoubleDouble] {
    (0..<hidden).map { initialHidden?[statePosition(direction, row, $0)] ?? .zero }
  }

  /// x·W of one unit of a gate.
  func inputSum(
    _ gate: Int, _ unit: Int, _ d: Int, _ input: [DoubleDouble], _ trace: Trace
  ) -> DoubleDouble {
    let line = (d * gates + gate) * hidden + unit
    return trace.dot(input, Array(w[(line * features)..<((line + 1) * features)]))
  }

  /// h·R of one unit of a gate.
  func recurrentSum(
    _ gate: Int, _ unit: Int, _ d: Int, _ state: [DoubleDouble], _ trace: Trace
  ) -> DoubleDouble {
    let line = (d * gates + gate) * hidden + unit
    return trace.dot(state, Array(r[(line * hidden)..<((line + 1) * hidden)]))
  }

  /// The biases of W and of R of one unit of a gate; nil without the input.
  func biases(_ gate: Int, _ unit: Int, _ d: Int) -> (w: DoubleDouble, r: DoubleDouble)? {
    guard let bias else { return nil }
    let base = (d * 2 * gates + gate) * hidden + unit
    return (bias[base], bias[base + gates * hidden])
  }

  /// x·W + h·R + biases of one unit of a gate.
  func gateSum(
    _ gate: Int, _ unit: Int, _ d: Int, _ input: [DoubleDouble], _ state: [DoubleDouble],
    _ trace: Trace
  ) -> DoubleDouble {
    let sum = trace.add(
      inputSum(gate, unit, d, input, trace), recurrentSum(gate, unit, d, state, trace))
    guard let both = biases(gate, unit, d) else { return sum }
    return trace.add(sum, trace.add(both.w, both.r))
  }

  /// The argument of an activation, bounded by `clip`.
  func limited(_ sum: DoubleDouble) -> DoubleDouble {
    guard let clip else { return sum }
    return Swift.min(Swift.max(sum, .zero - clip), clip)
  }

  /// Y and Y_h of an operator whose state is the hidden one alone.
  ///
  /// Beyond a row's length Y is zero; the last state is that of its last valid step (register A35).
  func outcomes(
    _ next: (_ state: [DoubleDouble], _ direction: Int, _ input: [DoubleDouble]) -> [DoubleDouble]
  ) -> [Outcome] {
    var y = [DoubleDouble](repeating: .zero, count: steps * directions * batch * hidden)
    var last = [DoubleDouble](repeating: .zero, count: directions * batch * hidden)
    for direction in 0..<directions {
      for row in 0..<batch {
        var state = initialHidden(direction, row)
        for step in order(direction, row) {
          state = next(state, direction, input(row, step))
          for unit in 0..<hidden { y[outputPosition(step, direction, row, unit)] = state[unit] }
        }
        for unit in 0..<hidden { last[statePosition(direction, row, unit)] = state[unit] }
      }
    }
    return [
      .composite(ExactTensor(type, outputShape, reals: y)),
      .composite(ExactTensor(type, stateShape, reals: last)),
    ]
  }
}
