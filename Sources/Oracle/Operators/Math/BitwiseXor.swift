/// The bits set in exactly one of two integers, element by element, under multidirectional
/// broadcasting.
///
///     c[i] = a[i] XOR b[i]
///
/// - (C1) The shape of the output is the broadcast of the inputs' shapes.
/// - (C2) Signed integers are taken in two's complement, the sign bit like any other.
/// - Source: onnx/onnx docs/Operators.md, BitwiseXor.
enum BitwiseXorEvaluator: Evaluator {
  static let name = "BitwiseXor"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.bitwise { $0 ^ $1 }
  }
}
