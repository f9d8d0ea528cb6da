import ExtendedArithmetic
import Tensors

/// The matrix product with numpy's rules for ranks 1 and above 2.
///
///     y[…, i, j] = Σ_k a[…, i, k] · b[…, k, j]
///
/// - (C1) A rank-1 first (second) operand is a row (column) whose axis disappears again.
/// - (C2) Leading axes broadcast; the inner dimensions are equal.
/// - (C3) An empty inner dimension gives zeros (register A32).
/// - Source: onnx/onnx docs/Operators.md, MatMul.
enum MatMulEvaluator: Evaluator {
  static let name = "MatMul"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try MatrixProduct(try call.tensor(0), try call.tensor(1)).outcomes(call.trace)
  }
}
