import Spec
import Tensors

/// Judges every element by a rule's bound, then the distribution of the errors (numerics §6.3–6.6).
struct BoundedComparison<Rule: BoundRule> {
  let elements: RealElements
  let rule: Rule
  /// Whether RMS, maximum, mean and slices of z are judged: random twins of classes D, C and M.
  let judgesDistribution: Bool
  /// The rules over tokens, in place of those over all elements.
  private let tokens: ModelDistribution?
  /// Whether representable goldens of an exact twin must be met bit for bit (numerics §5).
  let demandsExact: Bool

  init(
    _ elements: RealElements, rule: Rule, judgesDistribution: Bool = false,
    honoursExactTwin: Bool = false, tokens: ModelDistribution? = nil
  ) {
    self.elements = elements
    self.rule = rule
    let context = elements.comparison.context
    self.judgesDistribution = judgesDistribution && context.twin == .random || tokens != nil
    self.tokens = tokens
    demandsExact =
      honoursExactTwin && rule.honoursExactTwin && context.twin == .exact
      && EffectivePrecision.keepsExactTwins(context.mode)
  }

  func findings() -> Findings {
    var tally = ElementTally()
    var sample = ZSample(count: judgesDistribution ? elements.count : 0)
    compare(&tally, &sample)
    var report = ElementReport(elements.comparison, tally, accuracy: .real(elements))
    report.sample = sample
    if judgesDistribution {
      report.distributionMessage = distributionFailure(sample)
    }
    return report.findings(
      boundText: { position in
        let total = bound(at: position).total
        return total == 0 ? "exactly" : "±" + DecimalText.short(total)
      },
      derivation: { rule.derivation(at: $0, golden: elements.high[$0]) })
  }

  private func distributionFailure(_ sample: ZSample) -> String? {
    if let tokens { return tokens.failure(sample) }
    let comparison = elements.comparison
    let accuracy = comparison.golden.columns.accuracyClass
    let rule = DistributionRule(
      mode: comparison.mode, accuracyClass: accuracy)
    return rule.failure(
      sample, shape: comparison.golden.shape,
      judgesSmall: comparison.context.judgesSmallDistributions)
  }

  @inline(__always)
  private func bound(at position: Int) -> ElementBound {
    var bound = rule.bound(at: position, golden: elements.high[position])
    if demandsExact, elements.isRepresentable(at: position) {
      (bound.inner, bound.total) = (0, 0)
    }
    return bound
  }

  private func compare(_ tally: inout ElementTally, _ sample: inout ZSample) {
    let elements = elements
    let isMasked = !elements.undefined.isEmpty
    let greatest = elements.greatest
    for position in 0..<elements.count {
      if isMasked, elements.undefined[position] { continue }
      let (y, g) = (elements.observed[position], elements.high[position])
      let bound = bound(at: position)
      let error = elements.error(at: position)
      // The common case: both finite and ordinary, within the bound.
      if abs(error) <= bound.total, abs(g) <= greatest, y != 0, !elements.flushes,
        bound.total > 0, abs(y) <= greatest, !rule.isOutOfRange(y)
      {
        record(error, bound, position, &tally, &sample)
      } else {
        judge(position, bound, &tally, &sample)
      }
    }
  }

  @inline(__always)
  private func record(
    _ error: Double, _ bound: ElementBound, _ position: Int, _ tally: inout ElementTally,
    _ sample: inout ZSample
  ) {
    if bound.total > 0 { tally.record(ratio: abs(error) / bound.total, at: position) }
    tally.record(ulps: abs(error) / elements.ulps.ulp(of: elements.high[position]))
    if judgesDistribution, bound.sigma > 0 { sample.record(error / bound.sigma, at: position) }
  }

  /// The rare case: specials, zeros, flushing modes and everything that is wrong.
  private func judge(
    _ position: Int, _ bound: ElementBound, _ tally: inout ElementTally,
    _ sample: inout ZSample
  ) {
    let isOutOfRange = rule.isOutOfRange(elements.observed[position])
    let outcome = elements.outcome(
      at: position, bound, isOutOfRange: isOutOfRange, &tally.flushes)
    switch outcome {
    case .regular(let error): record(error, bound, position, &tally, &sample)
    case .special: break
    case .wrongClass: tally.wrongClass.append(position)
    case .wrongValue(let error):
      record(error, bound, position, &tally, &sample)
      if bound.total == 0 { tally.missedExact = true }
      let isBeyond = bound.total > 0 && !isOutOfRange
      tally.recordWrongValue(
        at: position, ratio: isBeyond ? abs(error) / bound.total : .infinity)
    }
  }
}
