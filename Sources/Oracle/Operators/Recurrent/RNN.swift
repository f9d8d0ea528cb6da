import ExtendedArithmetic

/// A simple recurrent network over a sequence, in one or both directions.
///
///     h' = f(x·W + h·R + b)
///
/// - (C1) The bias of W precedes that of R.
/// - (C2) `direction`: forward, reverse, bidirectional; a reversed direction walks each row of the
///   batch from its own end.
/// - (C3) Beyond a row's length Y is zero; the last state is that of its last valid step (A35).
/// - (C4) `clip` bounds the sum before the activation.
/// - (C5) `layout` 1 puts the batch first (from version 14 on).
/// - Source: onnx/onnx docs/Operators.md, RNN.
enum RNNEvaluator: Evaluator {
  static let name = "RNN"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let layer = try RecurrentLayer(call, gates: 1, defaults: ["Tanh"])
    let trace = call.trace
    return layer.outcomes { state, direction, input in
      (0..<layer.hidden).map { unit in
        let sum = layer.gateSum(0, unit, direction, input, state, trace)
        return layer.activations[direction].applied(to: layer.limited(sum), trace)
      }
    }
  }
}
