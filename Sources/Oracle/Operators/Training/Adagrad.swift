import ExtendedArithmetic

/// One step of AdaGrad for any number of tensors.
///
///     r = R / (1 + T · decay)        g = norm · x + gradient
///     h' = h + g²                    x' = x − r · g / (√h' + epsilon)
///
/// - (C1) Values, gradients and sums of squares come as groups; new values and sums leave as groups.
/// - (C2) The rate falls with the count of updates by `decay_factor`.
/// - (C3) `norm_coefficient` adds the gradient of the penalty.
/// - (C4) `epsilon` is added behind the root.
/// - Source: onnx/onnx docs/Operators.md, ai.onnx.preview.training.Adagrad.
enum AdagradEvaluator: Evaluator {
  static let name = "Adagrad"
  static let domain = "ai.onnx.preview.training"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let step = try OptimiserCall(call, states: 1)
    let penalty = DoubleDouble(try call.float("norm_coefficient", default: 0))
    let decay = DoubleDouble(try call.float("decay_factor", default: 0))
    let epsilon = DoubleDouble(try call.float("epsilon", default: 1e-6))
    let trace = call.trace
    let fall = trace.add(.one, trace.multiply(DoubleDouble(step.count), decay))
    let rate = decay.isZero ? step.rate : trace.divide(step.rate, by: fall)
    return try step.outcomes { values in
      let g = OptimiserCall.regularised(values[1], values[0], penalty, trace)
      let h = trace.add(values[2], trace.multiply(g, g))
      let root = trace.add(trace.primitive(.squareRoot, h), epsilon)
      let move = trace.divide(trace.multiply(rate, g), by: root)
      return [trace.subtract(values[0], move), h]
    }
  }
}
