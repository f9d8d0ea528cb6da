/// The progress of a run as text for stderr; the caller supplies the time.
///
/// On a terminal one line is rewritten; elsewhere a line is written at most every ten seconds and
/// holds no control bytes.
package struct ProgressLine: Hashable, Sendable {
  private static let barWidth = 20
  private static let terminalInterval: Int64 = 100_000_000
  private static let plainInterval: Int64 = 10_000_000_000

  private let total: Int
  private let isTerminal: Bool
  private let width: Int
  private var lastWritten: Int64?

  /// `total` is the number of planned cases, `width` the terminal's columns.
  package init(total: Int, isTerminal: Bool, width: Int = 80) {
    self.total = max(0, total)
    self.isTerminal = isTerminal
    self.width = max(20, width)
  }

  /// What to write now, nil if it is too early; `elapsed` is nanoseconds since the start.
  package mutating func update(_ counts: Progress, elapsed: Int64) -> String? {
    let interval = isTerminal ? Self.terminalInterval : Self.plainInterval
    if let lastWritten {
      guard elapsed - lastWritten >= interval else { return nil }
    } else if !isTerminal, elapsed < interval {
      return nil
    }
    lastWritten = elapsed
    let line = text(counts, elapsed: elapsed)
    return isTerminal ? "\r\(line.prefix(width - 1))\u{1B}[K" : line + "\n"
  }

  /// What removes the line from a terminal, so that results start on a clean one.
  package func finish() -> String { isTerminal && lastWritten != nil ? "\r\u{1B}[K" : "" }

  private func text(_ counts: Progress, elapsed: Int64) -> String {
    let judged = min(max(0, counts.judged), total)
    let filled = total == 0 ? 0 : judged * Self.barWidth / total
    let bar =
      String(repeating: "#", count: filled)
      + String(repeating: ".", count: Self.barWidth - filled)
    var parts = ["[\(bar)]  \(NumberText.grouped(judged)) / \(NumberText.grouped(total))"]
    if counts.failed > 0 { parts.append("\(counts.failed) failed") }
    if counts.crashed > 0 { parts.append("\(counts.crashed) crashed") }
    if let left = remaining(judged, elapsed: elapsed) { parts.append("\(left) left") }
    return " " + parts.joined(separator: "   ")
  }

  /// The rest at the pace so far; nil before there is one.
  private func remaining(_ judged: Int, elapsed: Int64) -> String? {
    guard judged > 0, judged < total, elapsed > 1_000_000_000 else { return nil }
    let seconds = Double(elapsed) / 1e9 * Double(total - judged) / Double(judged)
    guard seconds < 1e9 else { return nil }
    return NumberText.duration(seconds: Int64(seconds.rounded(.up)))
  }
}

/// How far a run has come.
package struct Progress: Hashable, Sendable {
  /// Cases with a verdict.
  package var judged: Int
  /// Those of them with a wrong result.
  package var failed: Int
  /// Those of them whose worker died or was killed.
  package var crashed: Int

  package init(judged: Int = 0, failed: Int = 0, crashed: Int = 0) {
    self.judged = judged
    self.failed = failed
    self.crashed = crashed
  }
}
