import ModelFormat
import Tensors

/// A subgraph run once for each element of a sequence.
///
/// - (C1) Sample i takes element i of every input that is a sequence, and the whole of every tensor.
/// - (C2) Output j holds output j of the subgraph for each sample, in the order of the samples.
/// - (C3) The first input is a sequence; the others that are one have as many elements.
/// - (C4) The subgraph has as many inputs and outputs as the node.
/// - (C5) The body sees the values of the graphs around it.
/// - Source: onnx/onnx docs/Operators.md, SequenceMap.
enum SequenceMapEvaluator: Evaluator {
  static let name = "SequenceMap"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let body = try call.graph("body")
    let count = try call.sequence(0).elements.count
    guard body.inputs.count == call.inputs.count, body.outputs.count == call.outputCount else {
      throw .invalid(
        "the body of SequenceMap has \(body.inputs.count) inputs and \(body.outputs.count) outputs")
    }
    var collected = [[Outcome]](repeating: [], count: body.outputs.count)
    for index in 0..<count {
      var values: [ExactValue] = []
      for position in call.inputs.indices {
        values.append(try sample(index, of: count, try call.value(position)))
      }
      for (position, result) in try call.subgraph(body, values).enumerated() {
        collected[position].append(result)
      }
    }
    if count == 0 { try checkLengths(call) }
    var outcomes: [Outcome] = []
    for (results, info) in zip(collected, body.outputs) {
      outcomes.append(try sequence(results, info))
    }
    return outcomes
  }

  private static func sample(
    _ index: Int, of count: Int, _ value: ExactValue
  ) throws(EvaluationError) -> ExactValue {
    guard case .sequence(let elements, _) = value else { return value }
    guard elements.count == count else {
      throw .invalid("SequenceMap of sequences of \(count) and \(elements.count) elements")
    }
    return elements[index]
  }

  private static func checkLengths(_ call: Call) throws(EvaluationError) {
    for value in call.inputs {
      if case .sequence(let elements, _)? = value, !elements.isEmpty {
        throw .invalid("SequenceMap of sequences of 0 and \(elements.count) elements")
      }
    }
  }

  /// The results of all samples as one output, judged by their common rule.
  private static func sequence(
    _ results: [Outcome], _ info: ValueInfo
  ) throws(EvaluationError) -> Outcome {
    guard let element = results.first?.value.type ?? info.type else {
      throw .unsupported("SequenceMap of no samples without a declared type")
    }
    guard results.allSatisfy({ $0.alternatives.isEmpty && $0.undefined.isEmpty }) else {
      throw .unsupported("SequenceMap of a body with open results")
    }
    let value = ExactValue.sequence(results.map(\.value), element: element)
    if results.allSatisfy(\.isExact) {
      var outcome = Outcome(value, .exact)
      outcome.signedZero = results.allSatisfy(\.signedZero)
      return outcome
    }
    let areRounded = results.allSatisfy { result in
      if case .rounded = result.rule { true } else { false }
    }
    return Outcome(value, areRounded ? .rounded : .composite)
  }
}
