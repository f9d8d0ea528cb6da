import Tensors

/// The number of elements of the tensor, as a scalar.
///
/// - (C1) The product of all dimensions: 1 for a scalar, 0 where a dimension is 0.
/// - Source: onnx/onnx docs/Operators.md, Size.
enum SizeEvaluator: Evaluator {
  static let name = "Size"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let count = Int128(try call.tensor(0).count)
    return [.exact(ExactTensor(.i64, [], integers: [count]))]
  }
}
