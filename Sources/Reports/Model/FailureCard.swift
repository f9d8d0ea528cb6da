import Verification

/// What every report says about one case that did not pass: cleaned text, ready to lay out.
struct FailureCard {
  /// How much of a worker's stderr a card shows.
  static let standardErrorLines = 12
  private static let lineLimit = 400
  private static let detailLines = 12

  let status: Status
  let caseID: String
  let code: String
  /// The verdict in one sentence.
  let headline: String
  let intent: String
  /// Position, observed, golden, bound and ratio of the worst element in one line.
  let worst: String?
  let neighbours: [String]
  let details: [String]
  /// What other suites' rules make of the outputs, in one line; informative.
  let otherRules: String?
  /// The last lines of the worker's stderr.
  let standardError: [String]
  /// The command that runs the case again.
  let reproduce: String

  init(_ entry: Entry, of summary: RunSummary) {
    let record = entry.record
    status = entry.status
    caseID = Self.line(record.caseID)
    code = entry.code
    headline = Self.headline(of: entry)
    intent = Self.line(record.intent)
    worst = record.worst.map(Self.worstLine)
    neighbours = (record.worst?.neighbours ?? []).prefix(8).map(Self.line)
    details = Array(
      record.details.lazy.flatMap(ForeignText.lines).map(Self.line).prefix(Self.detailLines))
    otherRules = OtherRules.line(record)
    standardError = ForeignText.lines(record.standardError).suffix(Self.standardErrorLines)
      .map { ForeignText.truncated($0, bytes: Self.lineLimit) }
    reproduce = Self.line(summary.reproduceCommand(for: entry))
  }

  /// The record's message; where it has none, the code in words.
  static func headline(of entry: Entry) -> String {
    let message = line(entry.record.message)
    guard message.isEmpty else { return message }
    switch entry.status {
    case .missing: return "planned and required, but without a result"
    case .flaky: return "verdicts differ between executions of the same seed"
    case .filtered: return "deselected by filter or tier"
    case .pass, .fail, .crash, .timeout, .inconclusive, .unsupported:
      return entry.record.verdict.text
    }
  }

  /// `4.1e+06 × bound`, or nothing where no number says it.
  static func ratioText(_ ratio: Double) -> String? {
    ratio.isFinite ? "\(DecimalText.short(ratio)) × bound" : nil
  }

  private static func worstLine(_ worst: WorstElement) -> String {
    let index = worst.index.map(String.init).joined(separator: ",")
    let place = worst.index.isEmpty ? line(worst.output) : "\(line(worst.output))[\(index)]"
    let parts = [
      "\(place) = \(line(worst.observed))", "golden \(line(worst.golden))",
      "bound \(line(worst.bound))", ratioText(worst.ratio),
    ]
    return parts.compactMap { $0 }.joined(separator: "   ")
  }

  private static func line(_ text: String) -> String {
    ForeignText.truncated(ForeignText.oneLine(text), bytes: lineLimit)
  }
}
