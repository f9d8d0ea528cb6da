import ExtendedArithmetic

/// One step of Adam for any number of tensors.
///
///     g = norm · x + gradient        v' = alpha · v + (1 − alpha) · g
///     h' = beta · h + (1 − beta) · g²
///     r = R · √(1 − beta^T) / (1 − alpha^T) where T > 0, else R
///     x' = (1 − norm_post) · (x − r · v' / (√h' + epsilon))
///
/// - (C1) Values, gradients and the two averages come as groups; new values and averages leave as
///   groups.
/// - (C2) The rate is corrected by the count of updates, where that is above 0.
/// - (C3) `norm_coefficient` adds the gradient of the penalty, `norm_coefficient_post` shrinks the
///   new value.
/// - (C4) `epsilon` is added behind the root.
/// - A power beyond the first is known to 16 ulp, the bound of pow in the OpenCL C full profile.
/// - Source: onnx/onnx docs/Operators.md, ai.onnx.preview.training.Adam.
enum AdamEvaluator: Evaluator {
  static let name = "Adam"
  static let domain = "ai.onnx.preview.training"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let step = try OptimiserCall(call, states: 2)
    let penalty = DoubleDouble(try call.float("norm_coefficient", default: 0))
    let shrinking = DoubleDouble(try call.float("norm_coefficient_post", default: 0))
    let alpha = DoubleDouble(try call.float("alpha", default: 0.9))
    let beta = DoubleDouble(try call.float("beta", default: 0.999))
    let epsilon = DoubleDouble(try call.float("epsilon", default: 1e-6))
    let trace = call.trace
    let rate = corrected(step, alpha, beta, trace)
    let (new, newSquare) = (trace.subtract(.one, alpha), trace.subtract(.one, beta))
    let kept = trace.subtract(.one, shrinking)
    return try step.outcomes { values in
      let g = OptimiserCall.regularised(values[1], values[0], penalty, trace)
      let v = trace.add(trace.multiply(alpha, values[2]), trace.multiply(new, g))
      let square = trace.multiply(trace.multiply(newSquare, g), g)
      let h = trace.add(trace.multiply(beta, values[3]), square)
      let root = trace.add(trace.primitive(.squareRoot, h), epsilon)
      let moved = trace.subtract(
        values[0], trace.divide(trace.multiply(rate, v), by: root))
      return [shrinking.isZero ? moved : trace.multiply(kept, moved), v, h]
    }
  }

  private static func corrected(
    _ step: OptimiserCall, _ alpha: DoubleDouble, _ beta: DoubleDouble, _ trace: Trace
  ) -> DoubleDouble {
    guard step.count > 0 else { return step.rate }
    let root = trace.primitive(
      .squareRoot, trace.subtract(.one, power(beta, step.count, trace)))
    let weight = trace.subtract(.one, power(alpha, step.count, trace))
    return trace.divide(trace.multiply(step.rate, root), by: weight)
  }

  /// A whole power by repeated squaring.
  private static func power(
    _ base: DoubleDouble, _ exponent: Int128, _ trace: Trace
  ) -> DoubleDouble {
    guard exponent > 1 else { return base }
    var (result, square, rest) = (DoubleDouble.one, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result * square }
      square = square * square
      rest >>= 1
    }
    return trace.step(result, units: 16)
  }
}
