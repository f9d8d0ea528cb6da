/// What a person reads on stdout after a run; a pure function of the summary.
package struct ConsoleReport: Hashable, Sendable {
  /// At most this many cards are printed, the rest is counted.
  private static let cardLimit = 20
  /// At most this many cards of one operator and code: one cause often fails dozens of cases.
  private static let cardsPerGroup = 3
  private static let tableRows = 30

  private let summary: RunSummary
  private let style: ConsoleStyle
  private let isQuiet: Bool
  private let reportPaths: [String]

  /// `reportPaths` are named before the closing lines; `isQuiet` leaves only failures and the
  /// closing line.
  package init(
    _ summary: RunSummary, style: ConsoleStyle = .plain, isQuiet: Bool = false,
    reportPaths: [String] = []
  ) {
    self.summary = summary
    self.style = style
    self.isQuiet = isQuiet
    self.reportPaths = reportPaths
  }

  /// The line a run starts with, known before its first case.
  package static func header(_ run: RunDescription) -> String {
    func line(_ text: String) -> String { ForeignText.oneLine(text) }
    let device = run.backend.device.isEmpty ? "" : " on \(line(run.backend.device))"
    return [
      "\(run.suiteName) \(run.toolVersion)", "suite \(run.suiteVersion)", "tier \(run.tier)",
      "profile \(run.profile)", "vendor \"\(line(run.backend.title))\"\(device)",
      "\(line(run.numericMode)) (declared)",
    ].joined(separator: " · ")
  }

  /// Header, failures and closing lines; ends in a line feed after the closing line.
  package var text: String {
    (isQuiet ? "" : Self.header(summary.description) + "\n\n") + body
  }

  /// The same without the header, for a run that has printed it already.
  package var body: String {
    var blocks: [String] = []
    let cards = cardBlocks()
    blocks += cards.texts
    if cards.shown < summary.counts.failed { blocks.append(operatorTable(cards.shown)) }
    blocks.append(closing)
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private var closing: String {
    let counts = summary.counts
    let tone: ConsoleStyle.Tone = summary.conclusion == .conforms ? .good : .bad
    let last = style.apply(tone, to: counts.closingLine)
    if isQuiet { return last }
    var lines = [mandatoryLine] + ProbeTable.lines(summary.contradictions)
    if summary.conclusion != .conforms, summary.conclusion != .failed {
      lines.append("\(summary.conclusion.word): \(summary.conclusion.sentence)")
    }
    if !reportPaths.isEmpty { lines.append("report: " + reportPaths.joined(separator: "   ")) }
    if counts.skipped > 0 {
      lines.append("skipped: " + summary.skipReasons.joined(separator: ", "))
    }
    return (lines + [last]).joined(separator: "\n")
  }

  /// `core: 7,487 of 7,541 mandatory cases · 29 operators affected`.
  private var mandatoryLine: String {
    let mandatory = Counts(summary.entries.lazy.filter(\.isMandatory))
    let affected = Set(summary.failures.map(\.subject)).count
    let passed = NumberText.grouped(mandatory.passed)
    let total = NumberText.grouped(mandatory.total)
    let operators = "\(affected) \(affected == 1 ? "operator" : "operators") affected"
    return "\(summary.description.profile): \(passed) of \(total) mandatory cases · \(operators)"
  }

  private func cardBlocks() -> (texts: [String], shown: Int) {
    var texts: [String] = []
    var shown = 0
    for group in FailureGroup.groups(of: summary.failures, by: .subjectAndCode)
    where shown < Self.cardLimit {
      let first = group.entries.prefix(min(Self.cardsPerGroup, Self.cardLimit - shown))
      texts += first.map { ConsoleCard(FailureCard($0, of: summary), style: style).text }
      shown += first.count
      let rest = group.entries.count - first.count
      guard rest > 0, let last = texts.popLast() else { continue }
      let noun = rest == 1 ? "case" : "cases"
      texts.append(last + "\n      … and \(rest) more \(noun) of \(group.subject): \(group.code)")
    }
    return (texts, shown)
  }

  private func operatorTable(_ shown: Int) -> String {
    let failed = summary.counts.failed
    let rows = summary.bySubject
      .map { (subject: ForeignText.oneLine($0.subject), counts: Counts($0.entries)) }
      .filter { $0.counts.failed > 0 }
      .sorted { $0.counts.failed > $1.counts.failed }
    var table = TextTable(["operator", "failed", "crashed", "timed out", "of"])
    for row in rows.prefix(Self.tableRows) {
      let counts = row.counts
      let wrong = counts.failed - counts[.crash] - counts[.timeout]
      table.append(
        [row.subject]
          + [wrong, counts[.crash], counts[.timeout], counts.total].map {
            $0 == 0 ? "–" : NumberText.grouped($0)
          })
    }
    let title = "\(shown) of \(NumberText.grouped(failed)) failures shown; all, by operator:"
    let rest = rows.count - Self.tableRows
    return ([title] + table.lines + (rest > 0 ? ["… \(rest) more operators"] : []))
      .joined(separator: "\n")
  }
}
