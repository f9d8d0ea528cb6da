/// One tensor of a sequence.
///
/// - (C1) The position lies in [−n, n − 1].
/// - Source: onnx/onnx docs/Operators.md, SequenceAt.
enum SequenceAtEvaluator: Evaluator {
  static let name = "SequenceAt"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    guard case .sequence(let elements, _) = try call.value(0),
      let named = try call.tensor(1).ints().first
    else { throw .invalid("SequenceAt needs a sequence and a position") }
    var outcome = Outcome(elements[try call.position(named, length: elements.count)], .exact)
    outcome.signedZero = true
    return [outcome]
  }
}
