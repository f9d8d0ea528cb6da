/// A job summary in Markdown: failures first, never larger than common CI systems accept.
package enum MarkdownReport {
  /// Larger summaries are discarded whole by common CI systems.
  package static let sizeLimit = 900 * 1024

  /// The whole text, at most `limit` bytes; the failure table is cut at a row boundary.
  package static func text(_ summary: RunSummary, limit: Int = sizeLimit) -> String {
    let top = heading(summary)
    let bottom = probes(summary) + facts(summary)
    let room = limit - top.utf8.count - bottom.utf8.count
    return top + failureTable(summary, room: room) + bottom
  }

  private static func heading(_ summary: RunSummary) -> String {
    let run = summary.description
    let mandatory = Counts(summary.entries.lazy.filter(\.isMandatory))
    let required =
      "\(NumberText.grouped(mandatory.passed)) of \(NumberText.grouped(mandatory.total)) "
      + "mandatory cases passed"
    return """
      # \(cell(run.suiteName)) \(cell(run.suiteVersion)): \(summary.conclusion.word)

      **\(summary.counts.closingLine)** · profile \(cell(run.profile)) · \(required)


      """
  }

  private static func failureTable(_ summary: RunSummary, room: Int) -> String {
    let failures = summary.failures
    guard !failures.isEmpty else { return "" }
    let header = """
      ## Failures

      | case | status | code | worst element | what happened |
      |---|---|---|---|---|

      """
    // The notice is reserved whether it is needed or not, so that the limit always holds.
    let notice = "\n\(failures.count) more\n\n"
    var text = header
    var shown = 0
    for entry in failures {
      let row = row(entry, of: summary)
      guard text.utf8.count + row.utf8.count + notice.utf8.count <= room else { break }
      text += row
      shown += 1
    }
    if shown == failures.count { return text + "\n" }
    return text + "\n\(failures.count - shown) more\n\n"
  }

  private static func row(_ entry: Entry, of summary: RunSummary) -> String {
    let card = FailureCard(entry, of: summary)
    let cells = [
      card.caseID, "\(card.status.glyph) \(card.status.word)", card.code, card.worst ?? "",
      card.headline,
    ]
    return "| " + cells.map(cell).joined(separator: " | ") + " |\n"
  }

  /// What contradicts the declared numeric mode; nothing where nothing does.
  private static func probes(_ summary: RunSummary) -> String {
    guard !summary.contradictions.isEmpty else { return "" }
    func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    return "## Probes that contradict the declared numeric mode (V706)\n\n"
      + row(ProbeTable.titles) + row(ProbeTable.titles.map { _ in "---" })
      + summary.contradictions.map { row(ProbeTable.cells(of: $0).map(cell)) }.joined() + "\n"
  }

  private static func facts(_ summary: RunSummary) -> String {
    let run = summary.description
    let rows = [
      ("backend", run.backend.title), ("device", run.backend.device),
      ("numeric mode", run.numericMode), ("determinism", run.determinism), ("tier", run.tier),
      ("policy", run.policy), ("started", run.started), ("command", run.commandLine),
      ("skipped", summary.skipReasons.joined(separator: ", ")),
    ].filter { !$0.1.isEmpty }
    return "## Run\n\n| | |\n|---|---|\n"
      + rows.map { "| \($0.0) | \(cell($0.1)) |\n" }.joined()
  }

  /// Foreign text as the content of a table cell: one line, no markup of any kind.
  static func cell(_ text: String) -> String {
    let line = ForeignText.truncated(ForeignText.oneLine(text), bytes: 1024)
    var result = ""
    for scalar in line.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!", "@", "$":
        result += "\\"
        result.unicodeScalars.append(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
