/// The elements converted to another type.
///
/// - (C1) Float to float rounds once, to nearest even; float8 and narrower follow the Cast tables.
/// - (C2) Float to integer truncates; out of range and NaN are left open (register A7).
/// - (C3) Integer to integer keeps the low bits (register A8); to bool, zero is false.
/// - (C4) `saturate` (from version 19 on) clamps to the largest float8 value instead of NaN or Inf.
/// - Source: onnx/onnx docs/Operators.md, Cast.
enum CastEvaluator: Evaluator {
  static let name = "Cast"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let target = try Conversion.target(number: try call.int("to"))
    return [try Conversion(call, to: target).outcome(of: try call.tensor(0))]
  }
}
