/// One of two subgraphs, chosen by a condition of one element.
///
/// - (C1) The condition holds exactly one bool.
/// - (C2) Both branches give as many outputs as the node; only the chosen one runs.
/// - Source: onnx/onnx docs/Operators.md, If.
enum IfEvaluator: Evaluator {
  static let name = "If"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let condition = try call.tensor(0)
    guard condition.type == .bool, condition.count == 1 else {
      throw .invalid("the condition of If is not one bool")
    }
    let isTrue = try condition.integers().first != 0
    let outcomes = try call.subgraph(try call.graph(isTrue ? "then_branch" : "else_branch"), [])
    guard outcomes.count == call.outputCount else {
      throw .invalid("the branch gives \(outcomes.count) outputs, If has \(call.outputCount)")
    }
    return outcomes
  }
}
