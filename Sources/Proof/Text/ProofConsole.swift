import Reports

/// What a person reads after a proof; a pure function of the summary.
package struct ProofConsole: Sendable {
  /// At most this many findings of one operator, kind and variant are spelt out.
  private static let findingsPerGroup = 2
  private static let findingLimit = 60

  private let summary: ProofSummary
  private let isQuiet: Bool

  package init(_ summary: ProofSummary, isQuiet: Bool = false) {
    (self.summary, self.isQuiet) = (summary, isQuiet)
  }

  /// Findings, survivors first, then the operators, then the closing line.
  package var text: String {
    var blocks = findingBlocks
    if !isQuiet { blocks.append(table) }
    blocks.append(closing)
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private struct Heap: Hashable {
    let kind: ProofFinding.Kind
    let operatorName: String
    let variant: String
  }

  private var findingBlocks: [String] {
    var order: [Heap] = []
    var heaps: [Heap: [ProofFinding]] = [:]
    for finding in summary.findings {
      let heap = Heap(
        kind: finding.kind, operatorName: finding.operatorName, variant: finding.variant)
      if heaps[heap] == nil { order.append(heap) }
      heaps[heap, default: []].append(finding)
    }
    var blocks: [String] = []
    for heap in order.prefix(Self.findingLimit) {
      let findings = heaps[heap] ?? []
      var lines = findings.prefix(Self.findingsPerGroup).flatMap(card)
      let rest = findings.count - Self.findingsPerGroup
      if rest > 0 {
        lines.append("      … and \(NumberText.grouped(rest)) more of \(heap.operatorName)")
      }
      blocks.append(lines.joined(separator: "\n"))
    }
    let rest = order.count - Self.findingLimit
    if rest > 0 { blocks.append("… and \(rest) more kinds of findings; the page lists them all") }
    return blocks
  }

  private func card(_ finding: ProofFinding) -> [String] {
    let variant = summary.catalogues.faults[finding.variant]
    let severity = variant?.severity.map { "\($0.rawValue) " } ?? ""
    let number = variant?.number.map { " (mutant \($0))" } ?? ""
    return [
      "\(finding.kind.word)  \(finding.subject)   \(severity)\(finding.variant)\(number)",
      "      \(ForeignText.oneLine(finding.message))", "      \(finding.advice)",
    ]
  }

  private var table: String {
    var table = TextTable([
      "operator", "cases", "gross", "precision", "special", "equivalent", "open", "witnesses",
      "alarms", "data",
    ])
    let catalogue = summary.catalogues.faults
    for tally in summary.tallies {
      let all = tally.sum(nil, of: catalogue)
      table.append([
        tally.operatorName, NumberText.grouped(tally.cases),
        Self.share(tally.sum(.gross, of: catalogue)),
        Self.share(tally.sum(.precision, of: catalogue)),
        Self.share(tally.sum(.special, of: catalogue)), NumberText.grouped(all.equivalent),
        NumberText.grouped(all.open), NumberText.grouped(tally.judgements),
        Self.count(tally.falseAlarms), Self.count(tally.dataFindings),
      ])
    }
    return table.lines.joined(separator: "\n")
  }

  private static func share(_ cell: OperatorTally.Cell) -> String {
    cell.changed == 0
      ? "–" : "\(NumberText.grouped(cell.killed))/\(NumberText.grouped(cell.changed))"
  }

  private static func count(_ number: Int) -> String {
    number == 0 ? "–" : NumberText.grouped(number)
  }

  private var closing: String {
    let faults = summary.catalogues.faults
    var all = OperatorTally.Cell()
    for tally in summary.tallies {
      all.add(tally.sum(nil, of: faults))
    }
    func number(_ count: Int) -> String { NumberText.grouped(count) }
    let alarms =
      summary.judgements == 0
      ? "no witness was judged"
      : "\(number(summary.judgements)) judgements of \(summary.catalogues.witnesses.witnesses.count) "
        + "witnesses, \(number(summary.falseAlarms)) false alarms"
        + (summary.falseAlarms == 0
          ? ", rate below \(FigureText.short(3 / Double(summary.judgements))) with 95 % confidence"
          : "")
    let untried = faults.untried.map(\.name).joined(separator: ", ")
    return [
      "\(faults.faults.count) faults: \(number(all.killed)) of \(number(all.changed)) changed results "
        + "noticed, \(number(all.equivalent)) equivalent, \(number(all.open)) open",
      summary.undecided == 0
        ? ""
        : "\(number(summary.undecided)) runs of witnesses not judged: their mode decides no verdict",
      untried.isEmpty ? "" : "left to repeated and altered runs: \(untried)", alarms,
      "\(summary.passed) passed, \(summary.failed) failed, \(summary.skipped) skipped",
    ].filter { !$0.isEmpty }.joined(separator: "\n")
  }
}
