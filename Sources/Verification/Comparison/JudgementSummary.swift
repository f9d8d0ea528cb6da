import Spec
import Tensors

/// Folds the findings of all tensors of a case into its judgement.
struct JudgementSummary {
  private let findings: [Findings]

  init(_ findings: [Findings]) {
    self.findings = findings + Self.partialFlush(findings)
  }

  /// S4: within a case and a type either every certainly subnormal result is flushed or none.
  private static func partialFlush(_ findings: [Findings]) -> [Findings] {
    var tallies: [ElementType: FlushTally] = [:]
    for finding in findings {
      guard let type = finding.type, finding.flushes != FlushTally() else { continue }
      tallies[type, default: FlushTally()] += finding.flushes
    }
    return tallies.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { type, tally in
      guard tally.flushed > 0, tally.kept > 0 else { return nil }
      return .failed(
        .specials, .valueClass,
        "\(tally.flushed) subnormal results of type \(type.name) are flushed to zero and "
          + "\(tally.kept) are kept; a mode does one or the other")
    }
  }

  /// A pass, unless the mode leaves open what some output has to be: what was judged is right then,
  /// and that is not enough.
  private func withoutDefect(_ metrics: [OutputMetrics]) -> Judgement {
    let undecided = findings.compactMap(\.undecided)
    guard let first = undecided.first else { return Judgement(verdict: .pass, metrics: metrics) }
    return Judgement(
      verdict: .unsupported(.numericMode), message: first, details: Array(undecided.dropFirst()),
      metrics: metrics)
  }

  var judgement: Judgement {
    let metrics = findings.compactMap(\.metrics)
    var named: (index: Int, defect: Defect)?
    for (index, finding) in findings.enumerated() {
      guard let defect = finding.firstDefect else { continue }
      if named.map({ defect.stage < $0.defect.stage }) ?? true { named = (index, defect) }
    }
    guard let named else { return withoutDefect(metrics) }
    let card = findings[named.index]
    let others = findings.enumerated().flatMap { index, finding in
      finding.defects.filter { index != named.index || $0 != named.defect }
    }
    return Judgement(
      verdict: .fail(named.defect.code), message: named.defect.message,
      details: card.details + others.map { "also \($0.code.rawValue): \($0.message)" },
      worst: card.worst, metrics: metrics)
  }
}
