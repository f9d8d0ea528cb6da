/// The bits set in both of two integers, element by element, under multidirectional
/// broadcasting.
///
///     c[i] = a[i] AND b[i]
///
/// - (C1) The shape of the output is the broadcast of the inputs' shapes.
/// - (C2) Signed integers are taken in two's complement, the sign bit like any other.
/// - Source: onnx/onnx docs/Operators.md, BitwiseAnd.
enum BitwiseAndEvaluator: Evaluator {
  static let name = "BitwiseAnd"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.bitwise { $0 & $1 }
  }
}
