import ExtendedArithmetic

/// Whether each element is an infinity of a sign asked for.
///
///     y[i] = (x[i] = +Inf and detect_positive) or (x[i] = −Inf and detect_negative)
///
/// - (C1) The output is a bool tensor of the shape of the input.
/// - (C2) detect_positive and detect_negative choose the signs; both are 1 by default.
/// - (C3) NaN and finite numbers are no infinities.
/// - Source: onnx/onnx docs/Operators.md, IsInf.
enum IsInfEvaluator: Evaluator {
  static let name = "IsInf"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let positive = try call.flag("detect_positive", default: true)
    let negative = try call.flag("detect_negative", default: true)
    return try call.holds {
      ($0.high == .infinity && positive) || ($0.high == -.infinity && negative)
    }
  }
}
