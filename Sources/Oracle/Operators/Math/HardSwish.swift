import ExtendedArithmetic
import Tensors

/// Each element times its hard sigmoid.
///
///     y[i] = x[i] · max(0, min(1, x[i] / 6 + 1/2))
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) 0 up to −3, x from 3 on.
/// - The text says "alpha = 1/6", the function body gives HardSigmoid the float32 0.16666667, cast
///   to the type of the input: either is legal for the whole output.
/// - At −Inf the formula gives −Inf · 0 = NaN, its limit is 0: left open.
/// - Budget: 6 ulp plus 2·u_c·x²/6: the rounded product and the rounded sixth stay behind where
///   the sum cancels at −3.
/// - Source: onnx/onnx docs/Operators.md, HardSwish.
enum HardSwishEvaluator: Evaluator {
  static let name = "HardSwish"

  private static let half = DoubleDouble(0.5)

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let sixth = DoubleDouble(1) / DoubleDouble(6)
    let type = try call.tensor(0).type
    let single = DoubleDouble(Double(Float(1) / 6))
    // In float32 the two differ by less than half an ulp, which the budget covers.
    let other = type == .f32 ? sixth : Call.held(single, as: type)
    return try call.activation(readings: [[sixth], [other]]) {
      (x, values) throws(EvaluationError) in
      let line = ClampedLine(alpha: values[0], beta: half)
      let terms = try x.reals().map { 2 * $0.high.magnitude * line.cancellation($0) }
      var outcome = Outcome.elementwise(
        try x.mapReals { $0 * line($0) }, ulps: 6, absolute: AbsoluteBudget.column(terms))
      outcome.undefined = OpenElements.mask(try x.reals().map { $0.high == -.infinity })
      return outcome
    }
  }
}
