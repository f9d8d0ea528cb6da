import ExtendedArithmetic

/// The sign of each element.
///
///     y[i] = 1 where x[i] > 0, −1 where x[i] < 0, 0 where x[i] = 0
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) Both zeros give a zero, whose sign is free.
/// - (C3) NaN, which is neither above, below nor at zero, is left open.
/// - Source: onnx/onnx docs/Operators.md, Sign.
enum SignEvaluator: Evaluator {
  static let name = "Sign"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    var outcomes = try call.exactly(
      signedZero: false,
      reals: { $0.isNaN || $0.isZero ? $0 : DoubleDouble($0.high > 0 ? 1.0 : -1.0) },
      integers: { $0.signum() })
    if !x.isIntegral { outcomes[0].undefined = OpenElements.mask(try x.reals().map { $0.isNaN }) }
    return outcomes
  }
}
