import Tensors

/// The tensor without axes of one element.
///
/// - (C1) The named axes are removed; an input from version 13 on, before an attribute.
/// - (C2) Without axes, every axis of one element is removed.
/// - (C3) A named axis has one element.
/// - Source: onnx/onnx docs/Operators.md, Squeeze.
enum SqueezeEvaluator: Evaluator {
  static let name = "Squeeze"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let data = try call.tensor(0)
    let named = try call.version >= 13 ? call.optionalTensor(1)?.ints() : call.ints("axes")
    let alone = data.shape.indices.filter { data.shape[$0] == 1 }
    let removed = try call.axes(named ?? alone, rank: data.rank)
    guard removed.allSatisfy({ data.shape[$0] == 1 }) else {
      throw .invalid("Squeeze of the axes \(removed) of \(data.shape)")
    }
    let kept = data.shape.indices.filter { !removed.contains($0) }
    return [.exact(try data.reshaped(kept.map { data.shape[$0] }))]
  }
}
