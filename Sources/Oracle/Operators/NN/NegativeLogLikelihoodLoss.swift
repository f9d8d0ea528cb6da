import ExtendedArithmetic
import Tensors

/// The (weighted) negative log likelihood of the labelled classes.
///
///     loss = −input[n, target, …] · weight[target]
///
/// - (C1) `reduction` none gives the losses, sum their sum, mean (the default) their mean, with
///   weights sum(loss) / sum(weight[target]).
/// - (C2) Where the target is `ignore_index`, the loss is zero. What a mean then divides by is left
///   open without weights: "mean(loss)" counts every sample, "the sum of applied weights" does not.
/// - (C3) Targets lie in [0, C).
/// - Source: onnx/onnx docs/Operators.md, NegativeLogLikelihoodLoss.
enum NegativeLogLikelihoodLossEvaluator: Evaluator {
  static let name = "NegativeLogLikelihoodLoss"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let labels = try ClassLabels(call, of: x.shape)
    let values = try x.reals()
    let losses = labels.positions.map { $0.map { DoubleDouble.zero - values[$0] } ?? .zero }
    let terms = labels.weights.map { zip(losses, $0).map { Binary64.product($0, $1) } } ?? losses
    let reduction = try call.string("reduction", default: "mean")
    let rounds = labels.weights == nil ? 0 : 1
    var output = AccumulatedTensor(hasProducts: labels.weights != nil)
    switch reduction {
    case "none":
      for term in terms { output.append([term], height: rounds) }
      return [output.outcome(x.type, labels.shape)]
    case "sum":
      output.append(terms, height: max(0, terms.count - 1) + rounds)
      return [output.outcome(x.type, [])]
    case "mean": break
    default: throw .invalid("no reduction is called \"\(reduction)\"")
    }
    if let weights = labels.weights {
      let trace = call.trace
      let sum = trace.sum(zip(losses, weights).map { trace.multiply($0, $1) })
      let mean = trace.divide(sum, by: trace.sum(weights))
      var outcome = Outcome.composite(ExactTensor(x.type, [], reals: [mean]))
      outcome.undefined = OpenElements.mask([labels.leavesDivisorOpen])
      return [outcome]
    }
    output.append(
      ExactSum(terms), height: max(0, terms.count - 1), dividedBy: max(1, terms.count))
    var outcome = output.outcome(x.type, [])
    outcome.undefined = OpenElements.mask([terms.isEmpty || labels.leavesDivisorOpen])
    return [outcome]
  }
}
