/// Elements of X where the condition holds, of Y where not, under multidirectional broadcasting.
///
///     z[i] = condition[i] ? x[i] : y[i]
///
/// - (C1) All three inputs broadcast to one shape.
/// - Source: onnx/onnx docs/Operators.md, Where.
enum WhereEvaluator: Evaluator {
  static let name = "Where"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, y, inner) = try ExactTensor.broadcast(try call.tensor(1), try call.tensor(2))
    let condition = try call.tensor(0)
    guard condition.type == .bool else { throw .invalid("the condition of Where is not bool") }
    guard let shape = inner.broadcast(with: condition.shape) else {
      throw .invalid("condition \(condition.shape) and values \(inner) do not broadcast")
    }
    let (first, second) = (try x.broadcast(to: shape), try y.broadcast(to: shape))
    let choices = try condition.broadcast(to: shape).integers()
    let both = try ExactTensor.joined([first, second])
    let positions = choices.enumerated().map { $1 != 0 ? $0 : $0 + first.count }
    return [.exact(try both.gathered(positions, shape: shape))]
  }
}
