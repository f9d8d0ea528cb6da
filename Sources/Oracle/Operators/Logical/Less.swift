/// Whether the first operand is less than the second, under multidirectional broadcasting.
///
///     c[i] = (a[i] < b[i])
///
/// - (C1) The output is bool and has the broadcast of the inputs' shapes.
/// - (C2) The answer is false where either operand is NaN; −0 equals +0.
/// - (C3) Values are compared exactly, in their own type.
/// - Source: onnx/onnx docs/Operators.md, Less.
enum LessEvaluator: Evaluator {
  static let name = "Less"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.relation(reals: { $0 < $1 }, integers: { $0 < $1 })
  }
}
