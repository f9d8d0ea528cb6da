import ExtendedArithmetic

/// The absolute value of each element.
///
///     y[i] = |x[i]|
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The result is +0 for both zeros, +Inf for both infinities.
/// - (C3) The least integer of a signed type is left open: its absolute value is none of the
///   type.
/// - Source: onnx/onnx docs/Operators.md, Abs.
enum AbsEvaluator: Evaluator {
  static let name = "Abs"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    var outcomes = try call.exactly(
      reals: { $0.high.sign == .minus ? -$0 : $0 }, integers: { Swift.max($0, -$0) })
    if x.isIntegral {
      let least = try ExactTensor.leastInteger(of: x.type)
      outcomes[0].undefined = OpenElements.mask(try x.integers().map { $0 == least && least < 0 })
    }
    return outcomes
  }
}
