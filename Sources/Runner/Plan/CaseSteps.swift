package import BackendHost
package import Cases
package import ModelFormat
package import Tensors

/// The executions of one case: one, or the steps of a relation.
package struct CaseSteps {
  private let made: Case

  package init(_ made: Case) { self.made = made }

  /// The execution that follows what was observed so far.
  ///
  /// Nil when nothing is left, and when an execution went wrong: its outputs are nothing to go on
  /// with. Throws when a model cannot be encoded.
  package func next(
    after observations: [CaseObservation]
  ) throws(ModelError) -> (model: [UInt8], inputs: [Value])? {
    guard let relation = made.relation else {
      guard observations.isEmpty else { return nil }
      return (try made.encodedModel(), made.inputs.map(\.value))
    }
    guard let outputs = Self.outputs(of: observations),
      let inputs = relation.inputs(after: outputs)
    else { return nil }
    return (try relation.steps[outputs.count].model.encoded(), inputs)
  }

  /// What each execution gave; nil when one of them gave nothing that can be trusted.
  static func outputs(of observations: [CaseObservation]) -> [[Value]]? {
    var all: [[Value]] = []
    for observation in observations {
      guard case .outputs(let values, let facts) = observation, !facts.isDefective else {
        return nil
      }
      all.append(values)
    }
    return all
  }
}

extension ExecutionFacts {
  /// Whether outputs or memory are not what they should be, whatever the values are.
  var isDefective: Bool {
    outOfBounds || inputsMutated || outputsDiffer || unwritten.contains { $0 > 0 }
  }
}
