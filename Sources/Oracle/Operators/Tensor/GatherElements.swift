/// Elements of the data picked one by one along an axis.
///
///     y[i, j, k] = data[i, indices[i, j, k], k]   (axis 1)
///
/// - (C1) The output has the shape of the indices.
/// - (C2) A negative index counts from the end; others are out of range.
/// - Source: onnx/onnx docs/Operators.md, GatherElements.
enum GatherElementsEvaluator: Evaluator {
  static let name = "GatherElements"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (data, indices) = (try call.tensor(0), try call.tensor(1))
    let positions = try ElementIndices.positions(call, data: data.shape, indices: indices)
    return [.exact(try data.gathered(positions, shape: indices.shape))]
  }
}
