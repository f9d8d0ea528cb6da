package import ModelFormat
package import Spec
package import Tensors

/// The executable specification: evaluates models exactly and derives what their bounds need.
package struct Oracle: Sendable {
  /// Changes whenever a golden may change; part of every stored golden.
  package static let version = "1"
  /// Perturbed runs per rounding source and decomposition (numerics §6.6).
  package static let samples = 32
  /// The same for whole models.
  package static let modelSamples = 64

  private let versions: VersionLookup

  package init(versions: VersionLookup) { self.versions = versions }

  /// The model's outputs, every element rounded once to its type.
  ///
  /// - Throws: `invalid` where the standard refuses model or inputs, `unsupported` where the
  ///   oracle has no evaluator.
  package func run(_ model: Model, inputs: [String: Value]) throws(EvaluationError) -> [Value] {
    var values: [Value] = []
    for outcome in try exactRun(model, Self.exact(inputs)) {
      values.append(try outcome.value.rounded())
    }
    return values
  }

  /// The model as a backend evaluates it that rounds every result to its type.
  ///
  /// - Throws: as `run` does.
  package func stepwise(
    _ model: Model, inputs: [String: Value]
  ) throws(EvaluationError) -> StepwiseRun {
    let steps = StepLog()
    let outcomes = try GraphEvaluation(
      model: model, versions: versions, trace: Trace(), decomposition: 0, steps: steps
    ).run(try Self.exact(inputs))
    var values: [Value] = []
    for outcome in outcomes { values.append(try outcome.value.rounded()) }
    return StepwiseRun(
      values: values, leavesRange: steps.leavesRange, meetsEdges: steps.meetsEdges,
      roundsInCasts: steps.roundsInCasts)
  }

  /// The golden of a model for the given inputs by name, its sensitivities measured in `samples`
  /// perturbed runs of each source.
  ///
  /// `isModel`: what class M needs besides, the bias of truncating sums and required precisions.
  package func golden(
    for model: Model, inputs: [String: Value], samples: Int = Oracle.samples,
    isModel: Bool = false
  ) throws(EvaluationError) -> Golden {
    let exact = try Self.exact(inputs)
    var golden = Golden(outputs: try outputs(of: model, exact, samples, isModel))
    if try Self.holdsSubnormals(exact, model) {
      golden.flushedOutputs = try outputs(
        of: Self.flushed(model), try Self.flushed(exact), samples, isModel)
    }
    return golden
  }

  private func exactRun(
    _ model: Model, _ inputs: [String: ExactValue], decomposition: Int = 0
  ) throws(EvaluationError) -> [Outcome] {
    try GraphEvaluation(
      model: model, versions: versions, trace: Trace(), decomposition: decomposition
    ).run(inputs)
  }

  private func outputs(
    of model: Model, _ inputs: [String: ExactValue], _ samples: Int, _ isModel: Bool
  ) throws(EvaluationError) -> [GoldenOutput] {
    var outcomes = try exactRun(model, inputs)
    try QuantiserMargins(model: model, inputs: inputs, versions: versions, samples: samples)
      .settle(&outcomes)
    var sensitivities: [Int: [Sensitivity]] = [:]
    if outcomes.contains(where: \.isComposite) {
      sensitivities = try SensitivityMeasurement(
        model: model, inputs: inputs, versions: versions, exact: outcomes, samples: samples,
        measuresTruncation: isModel
      ).measure()
    }
    var outputs: [GoldenOutput] = []
    for (position, outcome) in outcomes.enumerated() {
      var maker = GoldenMaker(
        outcome: outcome, sensitivities: sensitivities[position] ?? [], isModel: isModel)
      outputs.append(
        GoldenOutput(
          name: model.graph.outputs[position].name, alternatives: try maker.alternatives()))
    }
    return outputs
  }

  private static func exact(
    _ inputs: [String: Value]
  ) throws(EvaluationError) -> [String: ExactValue] {
    var exact: [String: ExactValue] = [:]
    for (name, value) in inputs { exact[name] = try ExactValue(value) }
    return exact
  }

  private static func holdsSubnormals(
    _ inputs: [String: ExactValue], _ model: Model
  ) throws(EvaluationError) -> Bool {
    for value in inputs.values where try value.hasSubnormals() { return true }
    for constant in model.graph.initializers {
      if try ExactValue.tensor(ExactTensor(constant.tensor)).hasSubnormals() { return true }
    }
    return false
  }

  private static func flushed(
    _ inputs: [String: ExactValue]
  ) throws(EvaluationError) -> [String: ExactValue] {
    var flushed: [String: ExactValue] = [:]
    for (name, value) in inputs { flushed[name] = try value.flushingSubnormals() }
    return flushed
  }

  private static func flushed(_ model: Model) throws(EvaluationError) -> Model {
    var flushed = model
    for position in flushed.graph.initializers.indices {
      let exact = ExactValue.tensor(ExactTensor(flushed.graph.initializers[position].tensor))
      if let tensor = try exact.flushingSubnormals().rounded().tensor {
        flushed.graph.initializers[position].tensor = tensor
      }
    }
    return flushed
  }
}
