package import ModelFormat
package import Tensors

/// Several executions of one case, the later ones fed by the earlier ones, and what has to agree.
package struct CaseRelation: Sendable {
  /// One execution.
  package struct Step: Sendable {
    package let name: String
    package let model: Model
    /// In the order of the inputs of the graph.
    package let inputs: [(name: String, source: Source)]
    package let outputNames: [String]
  }

  /// Where an input of a step comes from.
  package enum Source: Sendable {
    case given(Value)
    /// What the backend itself gave before.
    case result(Result)
  }

  /// An output of a step, or a part of it.
  package struct Result: Sendable, CustomStringConvertible {
    /// Position among the steps.
    package let step: Int
    package let stepName: String
    /// Position among the step's outputs.
    package let output: Int
    package let outputName: String
    package let slice: TensorSlice?

    package var description: String {
      let part = slice.map {
        " (axis \($0.axis): \($0.range.lowerBound) ..< \($0.range.upperBound))"
      }
      return "\(stepName).\(outputName)" + (part ?? "")
    }

    /// The tensor among what the steps gave so far; nil where there is none of this kind or size.
    package func tensor(in outputs: [[Value]]) -> Tensor? {
      guard step < outputs.count, output < outputs[step].count,
        let tensor = outputs[step][output].tensor
      else { return nil }
      guard let slice else { return tensor }
      return tensor.sliced(slice)
    }
  }

  /// Two results that stand for the same values; `right` is one of the golden step.
  package struct Agreement: Sendable {
    package let left: Result
    package let right: Result
  }

  package let steps: [Step]
  /// The step that the golden of the case belongs to.
  package let goldenStep: Int
  package let agreements: [Agreement]

  /// The inputs of the step after those whose outputs are given; nil where an output it needs is
  /// missing or does not fit, and where no step is left.
  package func inputs(after outputs: [[Value]]) -> [Value]? {
    guard outputs.count < steps.count else { return nil }
    var values: [Value] = []
    for input in steps[outputs.count].inputs {
      switch input.source {
      case .given(let value): values.append(value)
      case .result(let result):
        guard let tensor = result.tensor(in: outputs) else { return nil }
        values.append(.tensor(tensor))
      }
    }
    return values
  }
}
