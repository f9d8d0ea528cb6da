/// A sequence of the given tensors, in order.
///
/// - (C1) All tensors have one element type; shapes may differ.
/// - Source: onnx/onnx docs/Operators.md, SequenceConstruct.
enum SequenceConstructEvaluator: Evaluator {
  static let name = "SequenceConstruct"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let tensors = try call.tensors()
    guard let type = tensors.first?.type, tensors.allSatisfy({ $0.type == type }) else {
      throw .invalid("SequenceConstruct of no tensors, or of several types")
    }
    return [.sequence(tensors, of: type)]
  }
}
