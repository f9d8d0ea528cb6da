import Tensors

/// The tensors of a sequence joined along an axis, or stacked along a new one.
///
/// - (C1) Without `new_axis` shapes agree except on the axis, which lies in [−r, r − 1].
/// - (C2) With `new_axis` shapes agree, and the axis lies in [−r − 1, r].
/// - Source: onnx/onnx docs/Operators.md, ConcatFromSequence.
enum ConcatFromSequenceEvaluator: Evaluator {
  static let name = "ConcatFromSequence"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let tensors = try call.tensorsOfSequence(0)
    let axis = try call.int("axis")
    guard try call.flag("new_axis") else {
      return [.exact(try ConcatEvaluator.joined(tensors, axis: axis, call))]
    }
    var parts: [ExactTensor] = []
    for tensor in tensors {
      guard tensor.shape == tensors[0].shape else {
        throw .invalid("stacking the shapes \(tensors[0].shape) and \(tensor.shape)")
      }
      var shape = tensor.shape
      shape.insert(1, at: try call.axis(axis, rank: tensor.rank + 1))
      parts.append(try tensor.reshaped(shape))
    }
    return [.exact(try ConcatEvaluator.joined(parts, axis: axis, call))]
  }
}
