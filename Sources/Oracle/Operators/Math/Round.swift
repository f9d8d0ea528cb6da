import ExtendedArithmetic

/// The integer nearest to each element, the even one of two.
///
///     y[i] = the integer n with least |x[i] − n|, even where two are
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) Integers, infinities, NaN and zeros stay as they are; a zero result has the sign of x.
/// - (C3) Halves go to the even neighbour.
/// - Source: onnx/onnx docs/Operators.md, Round.
enum RoundEvaluator: Evaluator {
  static let name = "Round"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.exactly(reals: { $0.rounded(.toNearestOrEven) })
  }
}
