/// A sequence with a tensor inserted.
///
/// - (C1) The position lies in [−n, n] and defaults to the end.
/// - (C2) The tensor has the element type of the sequence.
/// - Source: onnx/onnx docs/Operators.md, SequenceInsert.
enum SequenceInsertEvaluator: Evaluator {
  static let name = "SequenceInsert"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    guard case .sequence(var elements, let type) = try call.value(0) else {
      throw .invalid("SequenceInsert into something that is no sequence")
    }
    let tensor = try call.tensor(1)
    guard type == .tensor(tensor.type) else {
      throw .invalid("SequenceInsert of \(tensor.type.onnxName) into a sequence of \(type)")
    }
    let position = try call.optionalTensor(2)?.ints().first ?? elements.count
    guard position >= -elements.count, position <= elements.count else {
      throw .invalid("SequenceInsert at \(position) of \(elements.count) elements")
    }
    elements.insert(.tensor(tensor), at: position < 0 ? position + elements.count : position)
    var outcome = Outcome(.sequence(elements, element: type), .exact)
    outcome.signedZero = true
    return [outcome]
  }
}
