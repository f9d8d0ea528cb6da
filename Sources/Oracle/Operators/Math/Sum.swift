/// The element-wise sum of any number of tensors.
///
///     y = Σ_k data_k
///
/// - (C1) The shape of the output is the broadcast of all inputs' shapes.
/// - (C2) Any number of inputs from one on is taken.
/// - Source: onnx/onnx docs/Operators.md, Sum.
enum SumEvaluator: Evaluator {
  static let name = "Sum"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.total(isMean: false)
  }
}
