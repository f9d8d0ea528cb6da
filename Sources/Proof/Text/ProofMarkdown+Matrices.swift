import Reports

extension ProofMarkdown {
  /// One row for each mutation operator of the numerics document, one character for each operator.
  func faults(_ matrix: KillMatrix) -> String {
    var heaps: [[KillMatrix.Row]] = []
    var places: [Int: Int] = [:]
    for row in matrix.faults {
      if let number = row.fault.number, let place = places[number] {
        heaps[place].append(row)
      } else {
        if let number = row.fault.number { places[number] = heaps.count }
        heaps.append([row])
      }
    }
    let order = heaps.enumerated().sorted { a, b in
      (a.element.first?.fault.number ?? .max, a.offset)
        < (b.element.first?.fault.number ?? .max, b.offset)
    }
    let rows = order.map { faultRow($0.element, count: matrix.operators.count) }
    let legend = matrix.operators.enumerated().map { "\($0.offset + 1) \($0.element)" }
    return """
      ## Kill matrix

      A row for each mutation operator of numerics §9.6. One mark for each operator: `#` noticed in \
      every case it changes, `o` in some, `.` in none, `=` changes nothing, `-` does not apply.
      Marks in order: \(legend.joined(separator: ", ")).

      \(MarkdownTable.text(["no.", "faults", "severity", "noticed", "equivalent", "open", "marks"], rows))
      """
  }

  private func faultRow(_ rows: [KillMatrix.Row], count: Int) -> [String] {
    var sum = OperatorTally.Cell()
    for row in rows { sum.add(row.sum) }
    let marks = (0..<count).map { position -> String in
      let cells = rows.compactMap { $0.cells[position] }
      guard !cells.isEmpty else { return "-" }
      var cell = OperatorTally.Cell()
      for other in cells { cell.add(other) }
      if cell.changed == 0 { return "=" }
      return cell.killed == 0 ? "." : cell.survived == 0 ? "#" : "o"
    }
    let severities = Set(rows.compactMap { $0.fault.severity?.rawValue })
    return [
      rows.first?.fault.number.map { "\($0)" } ?? "–",
      rows.map(\.fault.name).joined(separator: ", "), severities.sorted().joined(separator: ", "),
      MarkdownTable.share(sum), "\(sum.equivalent)", "\(sum.open)", "`\(marks.joined())`",
    ]
  }

  private struct WitnessCell {
    var judged = 0
    var alarms = 0
    var ratio = 0.0

    mutating func add(_ proof: CaseProof, _ name: String) {
      if let passage = proof.witnesses[name] {
        judged += 1
        ratio = max(ratio, passage.ratio)
      } else if proof.falseAlarms[name] != nil {
        judged += 1
        alarms += 1
      }
    }

    var text: String {
      guard judged > 0 else { return "" }
      return "\(judged)" + (alarms > 0 ? " ✗\(alarms)" : "") + " \(FigureText.short(ratio))"
    }
  }

  /// Witnesses against families of operators, over every set of inputs.
  var witnesses: String {
    let names = Set(summary.selection.cases.map { family(of: $0.operatorName) }).sorted()
    let rows = summary.catalogues.witnesses.witnesses.map { witness -> [String] in
      var cells: [String: WitnessCell] = [:]
      for round in summary.rounds {
        for selected in summary.selection.cases {
          guard let proof = round[selected.id] else { continue }
          cells[family(of: selected.operatorName), default: WitnessCell()].add(proof, witness.name)
        }
      }
      return [witness.name, witness.mode] + names.map { cells[$0]?.text ?? "" }
    }
    return """
      ## Witness matrix

      Judgements by family of operators, ✗ and the false alarms if there are any, then the largest \
      error over its bound.

      \(MarkdownTable.text(["witness", "mode"] + names, rows))
      """
  }

  private func family(of operatorName: String) -> String { families[operatorName] ?? "other" }

  /// What faults left unnoticed, with the reason.
  func survivors(_ matrix: KillMatrix) -> String {
    let rows = matrix.faults.compactMap { row -> [String]? in
      let places = zip(matrix.operators, row.cells).compactMap { name, cell -> String? in
        guard let cell, cell.survived > 0 else { return nil }
        return "\(name) \(cell.survived)/\(cell.changed)"
      }
      guard !places.isEmpty else { return nil }
      return [
        row.fault.name, row.fault.severity?.rawValue ?? "", reason(row.fault),
        places.joined(separator: ", "),
      ]
    }
    guard !rows.isEmpty else { return "## Survivors\n\nNone." }
    return """
      ## Survivors

      Results that a fault changes and that pass, of all it changes. A precision fault may survive in \
      one of ten cases of a group, a special fault wherever another case of the operator notices it.

      \(MarkdownTable.text(["fault", "severity", "reason", "operators"], rows))
      """
  }

  private func reason(_ fault: VariantEntry) -> String {
    var ratio = 0.0
    for selected in summary.selection.cases {
      ratio = max(ratio, summary.proofs[selected.id]?.survived[fault.name]?.ratio ?? 0)
    }
    let distance =
      ratio == 0 ? "no judged element off" : "at most \(FigureText.short(ratio)) of the bound"
    let findings = summary.findings.count { $0.variant == fault.name }
    return distance + (findings == 0 ? ", allowed" : ", \(findings) findings")
  }

  /// At most this many findings are listed; the page has the rest.
  private static let findingLimit = 60

  var findings: String {
    guard !summary.findings.isEmpty else { return "## Findings\n\nNone." }
    let rows = summary.findings.prefix(Self.findingLimit).map {
      [
        $0.kind.word, $0.subject, $0.variant,
        ForeignText.truncated(ForeignText.oneLine($0.message), bytes: 80),
      ]
    }
    let rest = summary.findings.count - Self.findingLimit
    return "## Findings\n\n" + MarkdownTable.text(["kind", "where", "variant", "what"], rows)
      + (rest > 0 ? "\n\n… and \(NumberText.grouped(rest)) more; the page lists them." : "")
  }
}
