package import Spec

/// The verdict over one set of outputs, with everything a report needs to explain it.
package struct Judgement: Hashable, Sendable {
  package var verdict: Verdict
  package var message: String
  package var details: [String]
  package var worst: WorstElement?
  package var metrics: [OutputMetrics]

  package init(
    verdict: Verdict, message: String = "", details: [String] = [], worst: WorstElement? = nil,
    metrics: [OutputMetrics] = []
  ) {
    self.verdict = verdict
    self.message = message
    self.details = details
    self.worst = worst
    self.metrics = metrics
  }
}

/// What a judgement depends on besides golden and outputs.
package struct JudgementContext: Hashable, Sendable {
  package var mode: NumericMode
  package var twin: Twin
  /// Whether distribution rules apply to this case alone when it has fewer than 1,000 elements;
  /// false: they are left to the pool of the case group.
  package var judgesSmallDistributions: Bool
  /// Whether the informative metrics of numerics §8 are computed for passes too.
  package var recordsInformativeMetrics: Bool
  /// The arguments of a trigonometric operator, one per element of its output; only read when the
  /// mode restricts `trigonometricRange`. Empty: no element is beyond the range.
  package var trigonometricArguments: [Double]

  package init(
    mode: NumericMode, twin: Twin, judgesSmallDistributions: Bool = false,
    recordsInformativeMetrics: Bool = false, trigonometricArguments: [Double] = []
  ) {
    self.mode = mode
    self.twin = twin
    self.judgesSmallDistributions = judgesSmallDistributions
    self.recordsInformativeMetrics = recordsInformativeMetrics
    self.trigonometricArguments = trigonometricArguments
  }
}
