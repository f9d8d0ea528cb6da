import ExtendedArithmetic

/// One step of gradient descent with momentum for any number of tensors.
///
///     g = norm · x + gradient        v' = alpha · v + b · g,  b = beta where T > 0, else 1
///     x' = x − R · v'                (standard)
///     x' = x − R · (g + alpha · v')  (nesterov)
///
/// - (C1) Values, gradients and momenta come as groups; new values and momenta leave as groups.
/// - (C2) `mode` is standard or nesterov.
/// - (C3) At a count of 0 the gradient counts fully, whatever beta.
/// - (C4) `norm_coefficient` adds the gradient of the penalty.
/// - Source: onnx/onnx docs/Operators.md, ai.onnx.preview.training.Momentum.
enum MomentumEvaluator: Evaluator {
  static let name = "Momentum"
  static let domain = "ai.onnx.preview.training"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let step = try OptimiserCall(call, states: 1)
    for attribute in ["alpha", "beta", "norm_coefficient"]
    where call.node.attributes[attribute] == nil {
      throw .invalid("Momentum lacks its attribute \"\(attribute)\"")
    }
    let mode = try call.string("mode", default: "")
    guard mode == "standard" || mode == "nesterov" else {
      throw .invalid("Momentum knows no mode \"\(mode)\"")
    }
    let penalty = DoubleDouble(try call.float("norm_coefficient", default: 0))
    let alpha = DoubleDouble(try call.float("alpha", default: 0))
    let beta = step.count > 0 ? DoubleDouble(try call.float("beta", default: 0)) : .one
    let trace = call.trace
    return try step.outcomes { values in
      let g = OptimiserCall.regularised(values[1], values[0], penalty, trace)
      let v = trace.add(trace.multiply(alpha, values[2]), trace.multiply(beta, g))
      let direction = mode == "standard" ? v : trace.add(g, trace.multiply(alpha, v))
      return [trace.subtract(values[0], trace.multiply(step.rate, direction)), v]
    }
  }
}
