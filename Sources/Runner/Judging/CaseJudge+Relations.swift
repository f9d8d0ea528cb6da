package import BackendHost
package import Cases
import Spec
import Tensors
package import Verification

extension CaseJudge {
  /// The judgement of the executions of a relation; nil where the worker never came to one.
  ///
  /// A step that fails on its own gives its verdict: refused, dead, the wrong number of outputs,
  /// or, of the golden step, wrong values. Then each pair of results has to agree.
  package func judge(
    _ observations: [CaseObservation], of entry: CaseEntry, made: Case
  ) -> Judgement? {
    guard let relation = made.relation else {
      return observations.first.flatMap { judge($0, of: entry) }
    }
    var outputs: [[Value]] = []
    var metrics: [OutputMetrics] = []
    for (step, observation) in zip(relation.steps, observations) {
      guard case .outputs(let values, let facts) = observation else {
        return judge(observation, of: entry)?.inStep(step.name)
      }
      if let defect = defect(facts, of: entry) { return defect.inStep(step.name) }
      guard values.count == step.outputNames.count else {
        return Judgement(
          verdict: .fail(.structure),
          message: "\(values.count) outputs in place of \(step.outputNames.count)"
        ).inStep(step.name)
      }
      if outputs.count == relation.goldenStep, let judgement = judge(observation, of: entry) {
        guard judgement.verdict == .pass else { return judgement.inStep(step.name) }
        metrics = judgement.metrics
      }
      outputs.append(values)
    }
    guard outputs.count == relation.steps.count else {
      let step = relation.steps[outputs.count].name
      return Judgement(
        verdict: .fail(.structure),
        message: "step \(step) cannot run: an output it reads has another kind or size")
    }
    return agreement(relation, outputs, entry, metrics)
  }

  private func agreement(
    _ relation: CaseRelation, _ outputs: [[Value]], _ entry: CaseEntry, _ metrics: [OutputMetrics]
  ) -> Judgement {
    let expected: Golden
    do { expected = try golden(entry) } catch {
      return Judgement(verdict: .inconclusive(.golden), message: "\(error)")
    }
    var passed = Judgement(verdict: .pass, metrics: metrics)
    for agreement in relation.agreements {
      guard let golden = expected.part(agreement.right) else {
        return Judgement(
          verdict: .inconclusive(.golden),
          message: "the golden holds nothing to bound \(agreement.right) by")
      }
      guard let left = agreement.left.tensor(in: outputs),
        let right = agreement.right.tensor(in: outputs)
      else {
        return Judgement(
          verdict: .fail(.structure),
          message: "\(agreement.left) or \(agreement.right) has another kind or size")
      }
      var judgement = Verifier.compare(
        RelationSide(name: "\(agreement.left)", tensor: left),
        RelationSide(name: "\(agreement.right)", tensor: right), golden: golden,
        in: context(of: entry))
      guard judgement.verdict == .pass else {
        judgement.metrics = passed.metrics + judgement.metrics
        return judgement
      }
      passed.metrics += judgement.metrics
    }
    return passed
  }
}

extension Judgement {
  /// The same judgement, naming the step of a relation it is about.
  fileprivate func inStep(_ name: String) -> Judgement {
    var judgement = self
    judgement.message = "step \(name): \(message)"
    return judgement
  }
}

extension Golden {
  /// The golden of a result of its own execution, cut like the result.
  fileprivate func part(_ result: CaseRelation.Result) -> GoldenTensor? {
    guard result.output < outputs.count,
      case .tensor(let tensor)? = outputs[result.output].alternatives.first
    else { return nil }
    guard let slice = result.slice else { return tensor }
    return tensor.sliced(slice)
  }
}
