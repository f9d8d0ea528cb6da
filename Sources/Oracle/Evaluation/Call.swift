import ExtendedArithmetic
package import ModelFormat
import Tensors

/// One evaluation of one node: what an evaluator may look at.
package struct Call {
  package let node: Node
  /// The since-version of the operator in force.
  package let version: Int
  /// Inputs by position; nil where an optional input is omitted.
  package let inputs: [ExactValue?]
  /// Records or injects rounding, see `Trace`.
  package let trace: Trace
  /// Which of the evaluator's legal decompositions to run.
  package let decomposition: Int
  /// Evaluates a subgraph with the given inputs in the scope of this node.
  package let subgraph: (Graph, [ExactValue]) throws(EvaluationError) -> [Outcome]

  /// The number of outputs the node names.
  package var outputCount: Int { node.outputs.count }

  /// Whether the node names the output at this position.
  package func wantsOutput(_ position: Int) -> Bool {
    position < node.outputs.count && !node.outputs[position].isEmpty
  }

  /// The required input at a position.
  package func value(_ position: Int) throws(EvaluationError) -> ExactValue {
    guard position < inputs.count, let value = inputs[position] else {
      throw .invalid("\(node.operatorName) lacks its input \(position)")
    }
    return value
  }

  /// The required tensor input at a position.
  package func tensor(_ position: Int) throws(EvaluationError) -> ExactTensor {
    guard case .tensor(let tensor) = try value(position) else {
      throw .invalid("input \(position) of \(node.operatorName) is not a tensor")
    }
    return tensor
  }

  /// The optional tensor input at a position, nil when omitted.
  package func optionalTensor(_ position: Int) throws(EvaluationError) -> ExactTensor? {
    guard position < inputs.count, inputs[position] != nil else { return nil }
    return try tensor(position)
  }

  /// All inputs from a position on, which must be tensors: a variadic tail.
  package func tensors(from position: Int = 0) throws(EvaluationError) -> [ExactTensor] {
    var result: [ExactTensor] = []
    for index in position..<Swift.max(position, inputs.count) { result.append(try tensor(index)) }
    return result
  }
}
