import Cases
import NumericFormats
import Oracle
import Spec
import Tensors
import Verification

extension GoldenMaking {
  /// The golden of the body form of a case: the values of the one-node case, which the body has to
  /// give as well, with the bounds of the body.
  ///
  /// Evaluated node by node, with every result rounded to its type, the body must lie within these
  /// bounds. Elements in which it does not because a result leaves the range of its type are open.
  func bodyGolden(of entry: CaseEntry) throws(GoldenError) -> Golden? {
    let single = entry.asSingleNode
    guard let node = try golden(of: single) else { return nil }
    let made = try materialised(entry)
    guard !node.isDrawn else { return node }
    do {
      let inputs = Dictionary(made.inputs.map { ($0.name, $0.value) }) { first, _ in first }
      let steps = try oracle.stepwise(made.model, inputs: inputs)
      var golden = node
      if !node.isQuantised {
        var body = try oracle.golden(for: made.model, inputs: inputs, isModel: true)
        body.outputs = body.outputs.map { $0.ofModel([:]) }
        body.flushedOutputs = body.flushedOutputs?.map { $0.ofModel([:]) }
        golden = try BodyGolden(
          approximates: made.bodyDiffers || steps.roundsInCasts, leavesRange: steps.leavesRange
        ).merged(node, body)
        golden.require(keepsRange: steps.meetsEdges || made.inputs.contains { $0.value.meetsEdges })
      }
      try golden.open(where: steps.values, leavesRange: steps.leavesRange)
      return golden
    } catch {
      throw .notEvaluated(caseID: "\(entry.id)", reason: "\(error)")
    }
  }
}

extension Value {
  /// Whether a float in it is infinite or subnormal.
  fileprivate var meetsEdges: Bool {
    guard let tensor, let format = tensor.type.floatFormat else { return false }
    return (tensor.doubles ?? []).contains {
      $0.isInfinite || $0 != 0 && $0.magnitude < format.smallestNormal
    }
  }
}

extension Golden {
  /// In which modes the body is judged: its sums are those of float32, and where a value lies at the
  /// edge of its range only a mode that keeps such values goes on from the same ones.
  fileprivate mutating func require(keepsRange: Bool) {
    func demanding(_ output: GoldenOutput) -> GoldenOutput {
      var output = output
      output.alternatives = output.alternatives.map { value in
        guard case .tensor(var tensor) = value else { return value }
        let isMeasured =
          switch tensor.columns {
          case .composite, .model: true
          case .exact, .oneOf, .rounded, .elementwise, .accumulated, .product, .quantised,
            .selection, .random:
            false
          }
        let bits = isMeasured ? FloatFormat.f32.precision : 0
        tensor.required = tensor.required.merged(
          with: RequiredPrecision(accumulator: bits, truncating: bits, keepsRange: keepsRange))
        return .tensor(tensor)
      }
      return output
    }
    outputs = outputs.map(demanding)
    flushedOutputs = flushedOutputs.map { $0.map(demanding) }
  }

  /// Whether an output is drawn at random, so that no two runs can be compared.
  fileprivate var isDrawn: Bool {
    tensors.contains { if case .random = $0.columns { true } else { false } }
  }

  /// Whether an output is rounded to codes, whose legal values follow from the text of the operator.
  fileprivate var isQuantised: Bool {
    tensors.contains { if case .quantised = $0.columns { true } else { false } }
  }

  private var tensors: [GoldenTensor] {
    outputs.compactMap {
      if case .tensor(let tensor)? = $0.alternatives.first { tensor } else { nil }
    }
  }

  /// Leaves open what a node-by-node evaluation cannot reach in the range of the types.
  /// - Throws: `BodyMismatch` where it misses the bound for another reason.
  fileprivate mutating func open(where values: [Value], leavesRange: Bool) throws(BodyMismatch) {
    let context = JudgementContext(mode: .strict, twin: .adversarial)
    // Each round opens at least one element.
    while true {
      let judgement = Verifier.judge(values, against: Golden(outputs: outputs), in: context)
      guard judgement.verdict != .pass else { return }
      guard leavesRange, let worst = judgement.worst, open(worst) else {
        throw BodyMismatch(
          "evaluated node by node the body misses its bound: \(judgement.message); "
            + (judgement.worst.map {
              "\($0.output)\($0.index) is \($0.observed), golden \($0.golden), bound \($0.bound)"
            } ?? ""))
      }
    }
  }

  /// Opens the worst element, in the flushed golden too; false when it is none of a tensor, or is open
  /// already.
  private mutating func open(_ worst: WorstElement) -> Bool {
    guard let output = outputs.firstIndex(where: { $0.name == worst.output }),
      outputs[output].open(worst.index)
    else { return false }
    if let count = flushedOutputs?.count, output < count {
      _ = flushedOutputs?[output].open(worst.index)
    }
    return true
  }
}

extension GoldenOutput {
  fileprivate mutating func open(_ index: [Int]) -> Bool {
    guard case .tensor(var tensor)? = alternatives.first, index.count == tensor.shape.count,
      let count = tensor.shape.elementCount
    else { return false }
    let position = zip(index, tensor.shape).reduce(0) { $0 * $1.1 + $1.0 }
    guard position < count, !tensor.isOpen(position) else { return false }
    tensor.open(position)
    alternatives[0] = .tensor(tensor)
    return true
  }
}
