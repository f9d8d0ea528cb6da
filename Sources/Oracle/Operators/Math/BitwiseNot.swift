/// The complement of each bit of each integer.
///
///     y[i] = −1 − x[i] modulo 2^bits
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) Every bit is flipped, the sign too.
/// - Source: onnx/onnx docs/Operators.md, BitwiseNot.
enum BitwiseNotEvaluator: Evaluator {
  static let name = "BitwiseNot"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let flipped = ExactTensor(x.type, x.shape, integers: try x.integers().map { -1 - $0 })
    return [.exact(try flipped.wrapped())]
  }
}
