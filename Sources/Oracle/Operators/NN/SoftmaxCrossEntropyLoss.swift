import ExtendedArithmetic
import Tensors

/// The (weighted) cross entropy of the labelled classes under the softmax of scores.
///
///     y = LogSoftmax(scores) along axis 1      loss = −y[n, label, …] · weights[label]
///
/// - (C1) `reduction` none gives the losses, sum their sum, mean (the default) their mean, with
///   weights sum(loss) / sum(weights[label]).
/// - (C2) Where the label is `ignore_index`, the loss is zero. What a mean then divides by is left
///   open without weights: "ReduceMean(L)" counts every sample, the operator's definition by others
///   does not.
/// - (C3) Labels lie in [0, C).
/// - (C4) The logarithm is finite for finite scores: log(softmax(x)) is not a legal decomposition.
/// - Source: onnx/onnx docs/Operators.md, SoftmaxCrossEntropyLoss.
enum SoftmaxCrossEntropyLossEvaluator: Evaluator {
  static let name = "SoftmaxCrossEntropyLoss"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let labels = try ClassLabels(call, of: x.shape)
    let trace = call.trace
    let logs = try x.mapLanes(Lanes(of: x.shape, along: 1)) { row in
      let shifted = row.map { [m = row.maximum] in trace.subtract($0, m) }
      let logarithm = trace.primitive(.log, trace.sum(shifted.map { trace.primitive(.exp, $0) }))
      return shifted.map { trace.subtract($0, logarithm) }
    }
    let values = try logs.reals()
    let losses = labels.positions.map { $0.map { DoubleDouble.zero - values[$0] } ?? .zero }
    let terms = labels.weights.map { zip(losses, $0).map { trace.multiply($0, $1) } } ?? losses
    var loss: Outcome
    let reduction = try call.string("reduction", default: "mean")
    switch reduction {
    case "none": loss = .composite(ExactTensor(x.type, labels.shape, reals: terms))
    case "sum": loss = .composite(ExactTensor(x.type, [], reals: [trace.sum(terms)]))
    case "mean":
      let count =
        labels.weights.map { trace.sum($0) } ?? DoubleDouble(Double(max(1, terms.count)))
      let mean = trace.divide(trace.sum(terms), by: count)
      loss = .composite(ExactTensor(x.type, [], reals: [mean]))
      loss.undefined = OpenElements.mask([terms.isEmpty || labels.leavesDivisorOpen])
    default: throw .invalid("no reduction is called \"\(reduction)\"")
    }
    return [loss, .composite(logs)]
  }
}
