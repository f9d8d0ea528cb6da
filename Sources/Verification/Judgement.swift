package import Spec

/// The verdict over one set of outputs, with everything a report needs to explain it.
package struct Judgement: Hashable, Sendable {
  package var verdict: Verdict
  package var message: String
  package var details: [String]
  package var worst: WorstElement?
  package var metrics: [OutputMetrics]
  /// What other suites would say, by scheme name; for failures and on demand (numerics §8.2).
  package var schemes: [String: SchemeVerdict]

  package init(
    verdict: Verdict, message: String = "", details: [String] = [], worst: WorstElement? = nil,
    metrics: [OutputMetrics] = [], schemes: [String: SchemeVerdict] = [:]
  ) {
    self.verdict = verdict
    self.message = message
    self.details = details
    self.worst = worst
    self.metrics = metrics
    self.schemes = schemes
  }
}

/// What a judgement depends on besides golden and outputs.
package struct JudgementContext: Hashable, Sendable {
  package var mode: NumericMode
  package var twin: Twin
  /// Whether distribution rules apply to this case alone when it has fewer than 1,000 elements;
  /// false: they are left to the pool of the case group.
  package var judgesSmallDistributions: Bool
  /// Whether the metrics and schemes of numerics §8 are computed for passes too.
  package var recordsInformativeMetrics: Bool
  /// Whether only verdict, ratios and sums of z are wanted: no cards, patterns and other metrics.
  package var isTerse: Bool
  /// The arguments of a trigonometric operator, one per element of its output; only read when the
  /// mode restricts `trigonometricRange`. Empty: no element is beyond the range.
  package var trigonometricArguments: [Double]

  package init(
    mode: NumericMode, twin: Twin, judgesSmallDistributions: Bool = false,
    recordsInformativeMetrics: Bool = false, isTerse: Bool = false,
    trigonometricArguments: [Double] = []
  ) {
    self.mode = mode
    self.twin = twin
    self.judgesSmallDistributions = judgesSmallDistributions
    self.recordsInformativeMetrics = recordsInformativeMetrics
    self.isTerse = isTerse
    self.trigonometricArguments = trigonometricArguments
  }
}
