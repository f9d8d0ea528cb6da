/// Whether and how a terminal is coloured; meaning never depends on it.
package struct ConsoleStyle: Hashable, Sendable {
  /// What the user asked for.
  package enum Choice: String, CaseIterable, Hashable, Sendable {
    case auto, always, never
  }

  package let usesColour: Bool

  /// No control bytes at all.
  package static let plain = ConsoleStyle(usesColour: false)

  package init(usesColour: Bool) { self.usesColour = usesColour }

  /// An explicit choice wins; otherwise a non-empty `NO_COLOR` and anything but a terminal mean no.
  package init(choice: Choice, noColor: String?, isTerminal: Bool) {
    switch choice {
    case .always: usesColour = true
    case .never: usesColour = false
    case .auto: usesColour = isTerminal && (noColor ?? "").isEmpty
    }
  }

  enum Tone: String {
    case bold = "1"
    case faint = "2"
    case good = "32"
    case bad = "1;31"
    case caution = "33"
  }

  /// The text in a tone, or the text alone.
  func apply(_ tone: Tone, to text: String) -> String {
    usesColour ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
  }

  static func tone(of status: Status) -> Tone {
    switch status {
    case .pass: .good
    case .fail, .crash, .timeout, .flaky, .missing: .bad
    case .inconclusive, .unsupported: .caution
    case .filtered: .faint
    }
  }
}
