extension HTMLReport {
  /// The machine and the command, for whoever wants the same run again.
  static func environment(_ summary: RunSummary, _ page: inout HTMLMarkup) {
    let run = summary.description
    page.section("environment", "Environment") {
      $0.definitions(
        [
          NamedText("Program", "\(run.suiteName) \(run.toolVersion)"),
          NamedText("Suite", run.suiteVersion), NamedText("Tier", run.tier),
        ] + run.environment)
      guard !run.commandLine.isEmpty else { return }
      $0.element("code", ["class": "command"], short(run.commandLine))
    }
  }

  /// How a reader who trusts nobody checks this page.
  static func verification(_ summary: RunSummary, _ page: inout HTMLMarkup) {
    let log = SystemText.shellQuoted(summary.description.eventLog)
    page.section("verification", "How to verify") {
      $0.element(
        "p",
        "Every number on this page is derived from the event log. "
          + "This command writes the page again, byte for byte:")
      $0.element("code", ["class": "command"], short("assay report \(log) --html report.html"))
      $0.element(
        "p",
        "A single verdict is checked by running its case again; each failure card ends in "
          + "its command. Golden values, bounds and their derivations belong to the suite, "
          + "not to the backend, and no case carries a tolerance of its own.")
    }
  }
}
