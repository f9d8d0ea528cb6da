import Tensors

/// The stages of a judgement in the order in which the first failing one names the verdict
/// (numerics §7).
enum Stage: Int, Comparable, Hashable, Sendable {
  case structure, type, shape, specials, elements, distribution

  static func < (a: Stage, b: Stage) -> Bool { a.rawValue < b.rawValue }
}

/// One failed stage of one output.
struct Defect: Hashable, Sendable {
  let stage: Stage
  let code: Verdict.FailureCode
  let message: String
}

/// What was found on one tensor, or on the structure around it.
struct Findings: Hashable, Sendable {
  /// At most one per stage, in the order of stages.
  var defects: [Defect] = []
  var details: [String] = []
  var worst: WorstElement?
  var metrics: OutputMetrics?
  var flushes = FlushTally()
  /// The element type of a compared tensor.
  var type: ElementType?
  /// Why values could not be judged in the mode; nil where they were.
  var undecided: String?

  var firstDefect: Defect? { defects.min { $0.stage < $1.stage } }

  static func failed(
    _ stage: Stage, _ code: Verdict.FailureCode, _ message: String
  ) -> Findings {
    Findings(defects: [Defect(stage: stage, code: code, message: message)])
  }
}

/// How many certainly subnormal results were flushed to zero and how many were kept: a backend
/// that flushes does so everywhere within one type (numerics §6.11 S4).
struct FlushTally: Hashable, Sendable {
  var flushed = 0
  var kept = 0

  static func += (a: inout FlushTally, b: FlushTally) {
    a.flushed += b.flushed
    a.kept += b.kept
  }
}
