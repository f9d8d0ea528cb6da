/// At least one of two truth values, element by element, under multidirectional broadcasting.
///
///     c[i] = a[i] ∨ b[i]
///
/// - (C1) The shape of the output is the broadcast of the inputs' shapes.
/// - (C2) Inputs and output are bools.
/// - Source: onnx/onnx docs/Operators.md, Or.
enum OrEvaluator: Evaluator {
  static let name = "Or"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.logical { $0 || $1 }
  }
}
