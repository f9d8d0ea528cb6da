/// The matrix product of codes, accumulated in int32.
///
///     Y = (A − a_zero_point) · (B − b_zero_point)
///
/// - (C1) Zero points are scalars, or one per row of A and one per column of B.
/// - (C2) The result is exact; an overflow of int32 wraps (register A4, A25).
/// - Source: onnx/onnx docs/Operators.md, MatMulInteger.
enum MatMulIntegerEvaluator: Evaluator {
  static let name = "MatMulInteger"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let a = try call.tensor(0).widened().shifted(by: try call.optionalTensor(2), perRow: true)
    let b = try call.tensor(1).widened().shifted(by: try call.optionalTensor(3), perRow: false)
    return try MatrixProduct(a, b).outcomes()
  }
}
