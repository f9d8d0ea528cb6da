/// The element-wise mean of any number of tensors.
///
///     y = (Σ_k data_k) / n
///
/// - (C1) The shape of the output is the broadcast of all inputs' shapes.
/// - (C2) Any number n of inputs from one on is taken.
/// - Source: onnx/onnx docs/Operators.md, Mean.
enum MeanEvaluator: Evaluator {
  static let name = "Mean"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.total(isMean: true)
  }
}
