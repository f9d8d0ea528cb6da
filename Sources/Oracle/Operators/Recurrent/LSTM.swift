import ExtendedArithmetic
import Tensors

/// Long short-term memory over a sequence, in one or both directions.
///
///     i = f(x·Wi + h·Ri + Pi⊙c + bi)      f' = f(x·Wf + h·Rf + Pf⊙c + bf)
///     c' = f'⊙c + i⊙g(x·Wc + h·Rc + bc)   o = f(x·Wo + h·Ro + Po⊙c' + bo)      h' = o⊙h(c')
///
/// - (C1) Gates lie in the order i, o, f, c; the biases of W precede those of R.
/// - (C2) `direction`: forward, reverse, bidirectional; a reversed direction walks each row of the
///   batch from its own end.
/// - (C3) Beyond a row's length Y is zero; the last states are those of its last valid step (A35).
/// - (C4) `clip` bounds the sums before the activations; `input_forget` couples f' = 1 − i.
/// - (C5) `layout` 1 puts the batch first (from version 14 on).
/// - Source: onnx/onnx docs/Operators.md, LSTM.
enum LSTMEvaluator: Evaluator {
  static let name = "LSTM"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let recurrence = try LSTMLayer(call)
    let layer = recurrence.shared
    var y = [DoubleDouble](
      repeating: .zero, count: layer.steps * layer.directions * layer.batch * layer.hidden)
    var lastHidden = [DoubleDouble](
      repeating: .zero, count: layer.directions * layer.batch * layer.hidden)
    var lastCell = lastHidden
    for direction in 0..<layer.directions {
      for row in 0..<layer.batch {
        var state = recurrence.initialState(direction, row)
        for step in layer.order(direction, row) {
          state = recurrence.next(state, direction, row, step, call.trace)
          for unit in 0..<layer.hidden {
            y[layer.outputPosition(step, direction, row, unit)] = state.hidden[unit]
          }
        }
        for unit in 0..<layer.hidden {
          let position = layer.statePosition(direction, row, unit)
          (lastHidden[position], lastCell[position]) = (state.hidden[unit], state.cell[unit])
        }
      }
    }
    return [
      .composite(ExactTensor(layer.type, layer.outputShape, reals: y)),
      .composite(ExactTensor(layer.type, layer.stateShape, reals: lastHidden)),
      .composite(ExactTensor(layer.type, layer.stateShape, reals: lastCell)),
    ]
  }
}
