/// A copy of the data with single elements along an axis replaced by updates.
///
/// The predecessor of ScatterElements, withdrawn in version 11.
///
///     y[i, indices[i, j, k], k] = updates[i, j, k]   (axis 1)
///
/// - Source: onnx/onnx docs/Changelog.md, Scatter-9.
enum ScatterEvaluator: Evaluator {
  static let name = "Scatter"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    guard call.version < 11 else { throw .invalid("Scatter is withdrawn since version 11") }
    return [try ScatterElementsEvaluator.scattered(call, "none")]
  }
}
