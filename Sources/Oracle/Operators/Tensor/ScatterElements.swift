/// A copy of the data with single elements along an axis replaced by, or reduced with, updates.
///
///     y[i, indices[i, j, k], k] ⊕= updates[i, j, k]   (axis 1)
///
/// - (C1) Indices and updates have one shape and the data's rank.
/// - (C2) `reduction`: none, from version 16 on add and mul, from 18 on max and min.
/// - (C3) With `none`, an element named twice holds either update (register A17).
/// - Source: onnx/onnx docs/Operators.md, ScatterElements.
enum ScatterElementsEvaluator: Evaluator {
  static let name = "ScatterElements"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let reduction = try call.string("reduction", default: "none")
    let known = [("add", 16), ("mul", 16), ("max", 18), ("min", 18)]
    guard reduction == "none" || known.contains(where: { $0 == reduction && call.version >= $1 })
    else { throw .invalid("ScatterElements-\(call.version) knows no reduction \"\(reduction)\"") }
    return [try scattered(call, reduction)]
  }

  static func scattered(_ call: Call, _ reduction: String) throws(EvaluationError) -> Outcome {
    let (data, indices, updates) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
    guard indices.shape == updates.shape else {
      throw .invalid("updates of shape \(updates.shape) for indices of shape \(indices.shape)")
    }
    let targets = try ElementIndices.positions(call, data: data.shape, indices: indices)
    return try Scattering(data: data, updates: updates, targets: targets).outcome(reduction)
  }
}
