extension HTMLReport {
  /// The verdict in words, who was judged, and the three counters.
  static func verdictBand(_ summary: RunSummary, _ page: inout HTMLMarkup) {
    let run = summary.description
    let (tone, glyph) = tone(of: summary.conclusion)
    page.element("header", ["class": tone]) { header in
      let facts = [
        "\(run.suiteName) conformance report", "suite \(run.suiteVersion)",
        "profile \(run.profile)", "tier \(run.tier)", "\(run.numericMode) (declared)",
      ]
      header.element("p", ["class": "kicker"], short(facts.joined(separator: " · ")))
      header.element("div", ["class": "band"]) {
        $0.element("p", ["class": "verdict"]) {
          $0.element("span", ["aria-hidden": "true"], glyph)
          $0.escaped(summary.conclusion.word)
        }
        $0.element("div", ["class": "subject"]) {
          $0.element("h1", short(run.backend.title))
          $0.element("p", summary.conclusion.sentence + " " + mandatorySentence(summary))
        }
        counters(summary.counts, &$0)
      }
      share(summary.counts, &header)
    }
    page.newline()
  }

  /// Who was judged, and under which rules.
  static func identity(_ summary: RunSummary, _ page: inout HTMLMarkup) {
    let run = summary.description
    let facts =
      [
        NamedText("Vendor", run.backend.vendor), NamedText("Product", run.backend.product),
        NamedText("Version", run.backend.version), NamedText("Device", run.backend.device),
      ] + run.backend.details + [
        NamedText("Numeric mode (declared)", run.numericMode),
        NamedText("Determinism (declared)", run.determinism),
        NamedText("Policy", run.policy), NamedText("Started", run.started),
      ]
    page.section("identity", "Backend") { $0.definitions(facts) }
  }

  private static func tone(of conclusion: Conclusion) -> (name: String, glyph: String) {
    switch conclusion {
    case .conforms: ("pass", "✓")
    case .failed: ("fail", "✗")
    case .inconclusive, .incomplete, .nothingExecuted: ("caution", "?")
    }
  }

  private static func mandatorySentence(_ summary: RunSummary) -> String {
    let mandatory = Counts(summary.entries.lazy.filter(\.isMandatory))
    guard mandatory.total > 0 else { return "No case of this run is mandatory." }
    return "\(NumberText.grouped(mandatory.passed)) of \(NumberText.grouped(mandatory.total)) "
      + "mandatory cases passed."
  }

  private static func counters(_ counts: Counts, _ page: inout HTMLMarkup) {
    let values = [
      ("passed", counts.passed), ("failed", counts.failed), ("skipped", counts.skipped),
    ]
    page.element("dl", ["class": "counters"]) { list in
      for (name, value) in values {
        list.element("div") {
          $0.element("dt", name)
          $0.element("dd", NumberText.grouped(value))
        }
      }
    }
  }

  /// A bar of the three counters; each present one is at least visible.
  private static func share(_ counts: Counts, _ page: inout HTMLMarkup) {
    guard counts.total > 0 else { return }
    let parts = [counts.passed, counts.failed, counts.skipped]
    let widths = parts.map { $0 == 0 ? 0 : max(4, 1000 * $0 / counts.total) }
    let sum = widths.reduce(0, +)
    page.element(
      "svg",
      [
        "class": "share", "viewBox": "0 0 \(sum) 10", "preserveAspectRatio": "none",
        "aria-hidden": "true",
      ]
    ) { svg in
      var start = 0
      for (index, width) in widths.enumerated() where width > 0 {
        svg.element(
          "rect",
          [
            "class": "s\(index + 1)", "x": "\(start)", "y": "0", "width": "\(width)",
            "height": "10",
          ], "")
        start += width
      }
    }
  }

  /// Foreign text as part of a line.
  static func short(_ text: String) -> String {
    ForeignText.truncated(ForeignText.oneLine(text), bytes: 400)
  }
}
