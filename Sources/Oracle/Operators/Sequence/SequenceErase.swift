/// A sequence without one of its tensors.
///
/// - (C1) The position lies in [−n, n − 1] and defaults to the last.
/// - Source: onnx/onnx docs/Operators.md, SequenceErase.
enum SequenceEraseEvaluator: Evaluator {
  static let name = "SequenceErase"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    var (elements, type) = try call.sequence(0)
    let named = try call.optionalTensor(1)?.ints() ?? [-1]
    guard named.count == 1 else { throw .invalid("SequenceErase at \(named)") }
    elements.remove(at: try call.position(named[0], length: elements.count))
    return [.passed(.sequence(elements, element: type))]
  }
}
