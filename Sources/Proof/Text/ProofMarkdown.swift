import Reports

/// The published proof as a document that an auditor can read; a pure function of the summary.
package struct ProofMarkdown: Sendable {
  let summary: ProofSummary
  private let tier: String
  /// The family of each operator, the folder of its case file.
  let families: [String: String]

  package init(_ summary: ProofSummary, tier: String, families: [String: String]) {
    (self.summary, self.tier, self.families) = (summary, tier, families)
  }

  /// The whole document.
  package var text: String {
    let matrix = KillMatrix(summary)
    return [
      introduction, repetition, totals, operators, faults(matrix), witnesses, survivors(matrix),
      findings, schemes,
    ].joined(separator: "\n\n") + "\n"
  }

  private var introduction: String {
    """
    # Proof of the suite

    <!-- Written by `scripts/prove --tier \(tier) --write-docs`; do not edit. -->

    A *fault* is a backend that is wrong in one way and has to be noticed; a *witness* is right in \
    another way and has to pass (numerics §9). Faults that change no bit are equivalent; those that \
    change only what a case leaves open are open; neither counts.
    """
  }

  private var repetition: String {
    let (faults, witnesses) = (summary.catalogues.faults, summary.catalogues.witnesses)
    let untried = faults.untried.map { "`\($0.name)`" }.joined(separator: ", ")
    return """
      ## How to repeat it

      `scripts/prove --tier \(tier) --write-docs` builds the programs, proves the cases and writes this \
      document; the same sources give the same bytes.

      - Faults: \(faults.faults.count), catalogue SHA-256 `\(faults.digest)`
      - Witnesses: \(witnesses.witnesses.count), catalogue SHA-256 `\(witnesses.digest)`
      - Sets of inputs: the stored one and \(summary.rounds.count - 1) fresh
      - Left to repeated and altered runs, since no single case shows them reliably: \
      \(untried.isEmpty ? "none" : untried)
      """
  }

  private var totals: String {
    var all = OperatorTally.Cell()
    for tally in summary.tallies { all.add(tally.sum(nil, of: summary.catalogues.faults)) }
    let alarms =
      summary.judgements > 0 && summary.falseAlarms == 0
      ? "0 (rate below \(FigureText.short(3 / Double(summary.judgements))) with 95 % confidence)"
      : NumberText.grouped(summary.falseAlarms)
    let rows = [
      ("cases passed, failed, skipped", "\(summary.passed), \(summary.failed), \(summary.skipped)"),
      ("results that faults change", NumberText.grouped(all.changed)),
      ("of them noticed", "\(NumberText.grouped(all.killed)) (\(MarkdownTable.score(all)))"),
      (
        "equivalent, open", "\(NumberText.grouped(all.equivalent)), \(NumberText.grouped(all.open))"
      ),
      ("judgements over witnesses", NumberText.grouped(summary.judgements)),
      ("false alarms", alarms),
      ("findings", NumberText.grouped(summary.findings.count)),
    ]
    return "## Totals\n\n" + MarkdownTable.text(["", ""], rows.map { [$0.0, $0.1] })
  }

  private var operators: String {
    let catalogue = summary.catalogues.faults
    let rows = summary.tallies.map { tally in
      let kinds: [FaultSeverity] = [.gross, .precision, .special]
      return [tally.operatorName, families[tally.operatorName] ?? "–", "\(tally.cases)"]
        + kinds.map { MarkdownTable.share(tally.sum($0, of: catalogue)) }
        + [
          MarkdownTable.score(tally.sum(nil, of: catalogue)), "\(tally.judgements)",
          "\(tally.falseAlarms)",
        ]
    }
    return
      "## Mutation score\n\nResults noticed, of those that a fault changes, by its severity.\n\n"
      + MarkdownTable.text(
        [
          "operator", "family", "cases", "gross", "precision", "other", "score", "witnesses",
          "alarms",
        ], rows)
  }

  private var schemes: String {
    let isAsked = summary.selection.cases.allSatisfy {
      summary.proofs[$0.id]?.hasSchemes ?? false
    }
    let table =
      isAsked
      ? "```text\n\(SchemeTable(summary).text)\n```"
      : "Not asked; `--schemes` adds the table."
    return "## Rules of other suites on the same results\n\n\(table)"
  }
}

/// Tables of the document.
enum MarkdownTable {
  static func text(_ titles: [String], _ rows: [[String]]) -> String {
    func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    return ([row(titles), row(titles.map { _ in "---" })] + rows.map(row))
      .joined(separator: "\n")
  }

  /// Noticed of all changed results.
  static func share(_ cell: OperatorTally.Cell) -> String {
    cell.changed == 0 ? "–" : "\(cell.killed)/\(cell.changed)"
  }

  static func score(_ cell: OperatorTally.Cell) -> String {
    guard cell.changed > 0 else { return "–" }
    // Never rounded up: 100 % is for no survivor at all.
    let tenths = cell.killed * 1000 / cell.changed
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
