/// What is known about one judged execution: the unit of the event log and of every report.
package struct CaseRecord: Hashable, Sendable {
  /// The case id, e.g. `onnx/Softmax-13/f16/fully-masked-row#003`.
  package var caseID: String
  /// SHA-256 (hex) over model bytes, inputs, accuracy class and golden.
  package var caseDigest: String
  /// `onnx`, `ml`, `model`, `relation`, …
  package var domain: String
  /// Operator name, or the model's name.
  package var operatorName: String
  package var sinceVersion: Int
  /// Type-variable values in schema order, joined by `.`.
  package var types: String
  /// What would be wrong if this case failed.
  package var intent: String
  package var accuracyClass: String
  package var verdict: Verdict
  package var disposition: Disposition = .judged
  /// One sentence: the verdict in words.
  package var message: String = ""
  /// Further lines of the failure card: bound derivation, pattern of the bad elements, stderr.
  package var details: [String] = []
  package var worst: WorstElement?
  package var metrics: [OutputMetrics] = []
  /// What other suites would say, by scheme name; empty where it was not asked (numerics §8.2).
  package var schemes: [String: SchemeVerdict] = [:]
  /// The last bytes of the worker's stderr, raw text.
  package var standardError: String = ""
  package var wallNanoseconds: Int64 = 0
  package var workerGeneration: Int = 0

  package init(
    caseID: String, caseDigest: String, domain: String, operatorName: String, sinceVersion: Int,
    types: String, intent: String, accuracyClass: String, verdict: Verdict
  ) {
    self.caseID = caseID
    self.caseDigest = caseDigest
    self.domain = domain
    self.operatorName = operatorName
    self.sinceVersion = sinceVersion
    self.types = types
    self.intent = intent
    self.accuracyClass = accuracyClass
    self.verdict = verdict
  }
}

/// What policy made of a verdict.
package enum Disposition: String, CaseIterable, Hashable, Sendable {
  case judged, filtered, flaky, missing
}

/// The element that is furthest beyond (or closest to) its bound.
package struct WorstElement: Hashable, Sendable {
  package var output: String
  /// Position in the output's shape.
  package var index: [Int]
  /// Texts with decimal and hex float, e.g. `0x1.1cp-26 (1.65e-08)`.
  package var observed: String
  package var golden: String
  /// `±…` for a bound, `exactly` for class X, an interval for class Q.
  package var bound: String
  /// Error over bound; infinite for a wrong class or an exact mismatch.
  package var ratio: Double
  /// Up to eight neighbouring elements as `index: observed | golden`.
  package var neighbours: [String]

  package init(
    output: String, index: [Int], observed: String, golden: String, bound: String, ratio: Double,
    neighbours: [String] = []
  ) {
    self.output = output
    self.index = index
    self.observed = observed
    self.golden = golden
    self.bound = bound
    self.ratio = ratio
    self.neighbours = neighbours
  }
}

/// What was measured on one output, recorded for passes too.
package struct OutputMetrics: Hashable, Sendable {
  package var output: String
  package var elements: Int
  package var wrong: Int
  /// `max |e| / bound` over finite elements.
  package var worstRatio: Double
  package var maximumUlp: Double
  package var meanUlp: Double
  /// The sums that pooled distribution rules are computed from: Σz, Σz², max|z| over `zCount`.
  package var zCount: Int
  package var zSum: Double
  package var zSquareSum: Double
  package var zMaximum: Double
  /// Informative metrics by name (numerics §8.1), never part of a verdict.
  package var informative: [String: Double]

  package init(output: String, elements: Int) {
    self.output = output
    self.elements = elements
    wrong = 0
    (worstRatio, maximumUlp, meanUlp) = (0, 0, 0)
    (zCount, zSum, zSquareSum, zMaximum) = (0, 0, 0, 0)
    informative = [:]
  }
}
