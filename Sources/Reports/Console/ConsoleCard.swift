/// One failure on one screen: what, where, why, and how to see it again.
struct ConsoleCard {
  private static let indent = "      "
  /// The column right of the case id starts here when the id is short enough.
  private static let idWidth = 48
  private static let intentWidth = 52
  private static let standardErrorLines = 3

  let text: String

  init(_ card: FailureCard, style: ConsoleStyle) {
    let word = Self.padded(card.status.word, to: 5)
    var lines = [
      style.apply(ConsoleStyle.tone(of: card.status), to: word) + " "
        + style.apply(.bold, to: Self.padded(card.caseID, to: Self.idWidth)) + "  "
        + Self.title(of: card)
    ]
    if let worst = card.worst { lines.append(Self.indent + worst) }
    let intent = "intent: \(card.intent)"
    lines.append(
      Self.indent
        + (Self.showsHeadlineBelow(card)
          ? Self.padded(intent, to: Self.intentWidth) + "   " + card.headline : intent))
    lines += card.details.map { Self.indent + $0 }
    if let rules = card.otherRules { lines.append(Self.indent + rules) }
    lines += card.standardError.suffix(Self.standardErrorLines).map {
      Self.indent + "stderr: " + $0
    }
    lines.append(Self.indent + style.apply(.faint, to: card.reproduce))
    text = lines.joined(separator: "\n")
  }

  /// A wrong result is told by its code; an execution without a result by what happened.
  private static func title(of card: FailureCard) -> String {
    switch card.status {
    case .crash, .timeout, .inconclusive, .missing: card.headline
    case .pass, .fail, .flaky, .unsupported, .filtered: card.code
    }
  }

  private static func showsHeadlineBelow(_ card: FailureCard) -> Bool {
    title(of: card) != card.headline
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
