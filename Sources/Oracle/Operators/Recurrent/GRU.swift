import ExtendedArithmetic

/// Gated recurrent units over a sequence, in one or both directions.
///
///     z = f(x·Wz + h·Rz + bz)       r = f(x·Wr + h·Rr + br)
///     n = g(x·Wh + (r⊙h)·Rh + bh),  or with linear_before_reset  g(x·Wh + r⊙(h·Rh + bRh) + bWh)
///     h' = (1 − z)⊙n + z⊙h
///
/// - (C1) Gates lie in the order z, r, h; the biases of W precede those of R.
/// - (C2) `direction`: forward, reverse, bidirectional; a reversed direction walks each row of the
///   batch from its own end.
/// - (C3) Beyond a row's length Y is zero; the last state is that of its last valid step (A35).
/// - (C4) `clip` bounds the sums before the activations.
/// - (C5) `layout` 1 puts the batch first (from version 14 on).
/// - Source: onnx/onnx docs/Operators.md, GRU.
enum GRUEvaluator: Evaluator {
  static let name = "GRU"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let layer = try RecurrentLayer(call, gates: 3, defaults: ["Sigmoid", "Tanh"])
    let resetsLast = try call.flag("linear_before_reset")
    let trace = call.trace
    return layer.outcomes { state, direction, input in
      let step = Step(
        layer: layer, direction: direction, input: input, state: state, trace: trace)
      return step.next(resetsLast: resetsLast)
    }
  }

  private struct Step {
    let layer: RecurrentLayer
    let direction: Int
    let input: [DoubleDouble]
    let state: [DoubleDouble]
    let trace: Trace

    func next(resetsLast: Bool) -> [DoubleDouble] {
      let (f, g) = (layer.activations[2 * direction], layer.activations[2 * direction + 1])
      func gate(_ index: Int) -> [DoubleDouble] {
        state.indices.map { unit in
          let sum = layer.gateSum(index, unit, direction, input, state, trace)
          return f.applied(to: layer.limited(sum), trace)
        }
      }
      let (update, reset) = (gate(0), gate(1))
      let past = zip(reset, state).map { trace.multiply($0, $1) }
      return state.indices.map { unit in
        let sum =
          resetsLast
          ? linearSum(unit, reset[unit])
          : layer.gateSum(2, unit, direction, input, past, trace)
        let new = g.applied(to: layer.limited(sum), trace)
        let kept = trace.multiply(update[unit], state[unit])
        return trace.add(trace.multiply(trace.subtract(.one, update[unit]), new), kept)
      }
    }

    /// x·Wh + r·(h·Rh + bRh) + bWh.
    private func linearSum(_ unit: Int, _ reset: DoubleDouble) -> DoubleDouble {
      let biases = layer.biases(2, unit, direction)
      var inner = layer.recurrentSum(2, unit, direction, state, trace)
      if let biases { inner = trace.add(inner, biases.r) }
      let sum = trace.add(
        layer.inputSum(2, unit, direction, input, trace), trace.multiply(reset, inner))
      return biases.map { trace.add(sum, $0.w) } ?? sum
    }
  }
}
