import Reports

/// The published proof as a document; a pure function of the summary.
package struct ProofMarkdown: Sendable {
  private let summary: ProofSummary
  private let tier: String

  package init(_ summary: ProofSummary, tier: String) {
    (self.summary, self.tier) = (summary, tier)
  }

  /// The whole document.
  package var text: String {
    let matrix = KillMatrix(summary)
    return
      ([introduction, operatorTable] + [faultTable(matrix), grid(matrix), witnessTable(matrix)]
      + [findings]).joined(separator: "\n\n") + "\n"
  }

  private var introduction: String {
    let faults = summary.catalogues.faults
    let witnesses = summary.catalogues.witnesses.witnesses
    let bound =
      summary.judgements > 0 && summary.falseAlarms == 0
      ? "; with 95 % confidence fewer than \(FigureText.short(3 / Double(summary.judgements))) of them"
      : ""
    let untried = faults.untried.map { "`\($0.name)`" }.joined(separator: ", ")
    return """
      # Proof of the suite

      <!-- Written by `assay prove --tier \(tier) --write-docs`; do not edit. -->

      \(NumberText.grouped(summary.selection.cases.count)) cases of tier \(tier), \
      \(faults.faults.count) faults, \(witnesses.count) witnesses. A *fault* is a backend that is \
      wrong in one way and has to be noticed; a *witness* is right in another way and has to pass \
      (numerics §9). Faults that change no bit are equivalent; those that change only what a case \
      leaves open are open; neither counts. Of \(NumberText.grouped(summary.judgements)) judgements \
      over witnesses \(NumberText.grouped(summary.falseAlarms)) were false alarms\(bound).

      Left to repeated and altered runs, since no single case shows them reliably: \
      \(untried.isEmpty ? "none" : untried).
      """
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  private static func table(_ titles: [String], _ rows: [[String]]) -> String {
    ([row(titles), row(titles.map { _ in "---" })] + rows.map(row)).joined(separator: "\n")
  }

  private static func share(_ cell: OperatorTally.Cell) -> String {
    cell.changed == 0 ? "–" : "\(cell.killed)/\(cell.changed)"
  }

  private static func score(_ cell: OperatorTally.Cell) -> String {
    guard cell.changed > 0 else { return "–" }
    // Never rounded up: 100 % is for no survivor at all.
    let tenths = cell.killed * 1000 / cell.changed
    return "\(tenths / 10).\(tenths % 10) %"
  }

  private var operatorTable: String {
    let catalogue = summary.catalogues.faults
    let rows = summary.tallies.map { tally in
      [
        tally.operatorName, "\(tally.cases)", Self.share(tally.sum(.gross, of: catalogue)),
        Self.share(tally.sum(.precision, of: catalogue)),
        Self.share(tally.sum(.special, of: catalogue)),
        Self.score(tally.sum(nil, of: catalogue)), "\(tally.judgements)", "\(tally.falseAlarms)",
      ]
    }
    return "## Operators\n\nNoticed of all changed results, by severity of the fault.\n\n"
      + Self.table(
        ["operator", "cases", "gross", "precision", "special", "score", "witnesses", "alarms"], rows
      )
  }

  private func faultTable(_ matrix: KillMatrix) -> String {
    let rows = matrix.faults.map { row in
      let sum = row.sum
      return [
        row.fault.number.map { "\($0)" } ?? "–", "`\(row.fault.name)`",
        row.fault.severity?.rawValue ?? "", row.fault.summary, Self.share(sum),
        "\(row.cells.count { $0?.changed ?? 0 > 0 })", "\(sum.equivalent)", "\(sum.open)",
      ]
    }
    return "## Faults\n\n"
      + Self.table(
        [
          "no.", "fault", "severity", "what is wrong", "noticed", "operators", "equivalent", "open",
        ],
        rows)
  }

  /// One character per fault and operator.
  private func grid(_ matrix: KillMatrix) -> String {
    let width =
      (matrix.faults.map(\.fault.name.count) + matrix.witnesses.map(\.witness.name.count))
      .max() ?? 0
    func line(_ name: String, _ cells: [String]) -> String {
      name + String(repeating: " ", count: width - name.count + 2) + cells.joined()
    }
    let heads = ["tens", "ones"].enumerated().map { place, _ in
      line(
        "", matrix.operators.indices.map { "\(place == 0 ? ($0 + 1) / 10 % 10 : ($0 + 1) % 10)" })
    }
    let faults = matrix.faults.map { row in line(row.fault.name, row.cells.map(Self.mark)) }
    let witnesses = matrix.witnesses.map { row in
      line(row.witness.name, row.cells.map { $0.judged == 0 ? " " : $0.alarms == 0 ? "+" : "X" })
    }
    let legend = matrix.operators.enumerated().map { "\($0.offset + 1) \($0.element)" }
    return """
      ## Kill matrix

      Faults against operators: `#` noticed in every case it changes, `o` in some, `.` in none, \
      `=` changes nothing, blank: does not apply. Witnesses: `+` every case passes, `X` a false alarm.
      Columns: \(legend.joined(separator: ", ")).

      ```text
      \((heads + faults + [""] + witnesses).joined(separator: "\n"))
      ```
      """
  }

  private static func mark(_ cell: OperatorTally.Cell?) -> String {
    guard let cell else { return " " }
    if cell.changed == 0 { return "=" }
    if cell.killed == 0 { return "." }
    return cell.survived == 0 ? "#" : "o"
  }

  private func witnessTable(_ matrix: KillMatrix) -> String {
    let rows = matrix.witnesses.map { row in
      [
        "`\(row.witness.name)`", row.witness.mode, row.witness.summary,
        "\(summary.witnessCounts[row.witness.name] ?? 0)",
        "\(row.cells.reduce(0) { $0 + $1.alarms })",
      ]
    }
    return "## Witnesses\n\n"
      + Self.table(["witness", "mode", "how it computes", "judgements", "alarms"], rows)
  }

  private var findings: String {
    guard !summary.findings.isEmpty else { return "## Findings\n\nNone." }
    let rows = summary.findings.map {
      ["\($0.kind.word)", "`\($0.subject)`", "`\($0.variant)`", ForeignText.oneLine($0.message)]
    }
    return "## Findings\n\n" + Self.table(["kind", "where", "variant", "what"], rows)
  }
}
