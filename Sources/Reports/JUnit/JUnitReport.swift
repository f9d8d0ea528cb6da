/// JUnit XML, dialect `strict`: what both Ant's and Jenkins' schemas accept (certification §3).
package enum JUnitReport {
  /// A failure's text is cut at this many bytes; its last line always survives.
  static let textLimit = 8192
  /// A message attribute is cut at this many bytes.
  static let messageLimit = 1024

  /// The whole document; equal summaries give equal bytes.
  package static func document(_ summary: RunSummary) throws(ReportError) -> [UInt8] {
    let suites = JUnitSuite.suites(of: summary)
    let writer = try XMLWriter()
    try writer.begin()
    try writer.start("testsuites")
    for (number, suite) in suites.enumerated() {
      try write(suite, number: number, of: summary, to: writer)
    }
    try writer.end()
    return try writer.finish()
  }

  /// Writes the report: temporary file, read back, schema, recount, flush, rename.
  ///
  /// After any failure there is no file at `path`.
  package static func write(_ summary: RunSummary, to path: String) throws(ReportError) {
    let bytes = try document(summary)
    try AtomicFile.write(bytes, to: path) { (descriptor) throws(ReportError) in
      try JUnitCheck.check(descriptor: descriptor, against: summary.counts)
    }
  }

  private static func write(
    _ suite: JUnitSuite, number: Int, of summary: RunSummary, to writer: borrowing XMLWriter
  ) throws(ReportError) {
    let counts = suite.counts
    let attributes = [
      (name: "name", value: suite.name),
      (name: "package", value: "assay.\(JUnitNames.plain(summary.description.profile))"),
      (name: "id", value: "\(number)"),
      (name: "tests", value: "\(counts.total)"),
      (name: "failures", value: "\(counts.failures)"),
      (name: "errors", value: "\(counts.errors)"),
      (name: "skipped", value: "\(counts.skipped)"),
      (name: "time", value: NumberText.seconds(nanoseconds: suite.nanoseconds)),
      (name: "timestamp", value: String(summary.description.started.dropLast())),
      (name: "hostname", value: "localhost"),
    ]
    try writer.start("testsuite", attributes)
    try writer.start("properties")
    for property in properties(summary.description, counts) {
      try writer.element(
        "property",
        [(name: "name", value: property.name), (name: "value", value: property.text)])
    }
    try writer.end()
    for row in suite.rows { try write(row, of: summary, to: writer) }
    try writer.element("system-out")
    try writer.element("system-err")
    try writer.end()
  }

  private static func write(
    _ row: JUnitSuite.Row, of summary: RunSummary, to writer: borrowing XMLWriter
  ) throws(ReportError) {
    let entry = row.entry
    try writer.start(
      "testcase",
      [
        (name: "name", value: row.names.name), (name: "classname", value: row.names.classname),
        (name: "time", value: NumberText.seconds(nanoseconds: entry.record.wallNanoseconds)),
      ])
    switch entry.status {
    case .pass: break
    case .unsupported, .filtered:
      let message = "\(entry.status.word): \(FailureCard.headline(of: entry))"
      try writer.element("skipped", [(name: "message", value: cut(message))])
    case .fail, .flaky, .missing: try finding("failure", entry, of: summary, to: writer)
    case .crash, .timeout, .inconclusive: try finding("error", entry, of: summary, to: writer)
    }
    try writer.end()
  }

  private static func finding(
    _ element: String, _ entry: Entry, of summary: RunSummary, to writer: borrowing XMLWriter
  ) throws(ReportError) {
    let card = FailureCard(entry, of: summary)
    try writer.start(
      element,
      [(name: "type", value: entry.code), (name: "message", value: cut(card.headline))])
    try writer.text(text(of: card))
    try writer.end()
  }

  /// The explanation, cut, and the reproduce command as the last line.
  static func text(of card: FailureCard) -> String {
    var lines = ["\(card.status.word) \(card.code): \(card.headline)", "intent: \(card.intent)"]
    lines += card.worst.map { [$0] } ?? []
    lines += card.neighbours.isEmpty ? [] : ["neighbours (index: observed | golden):"]
    lines += card.neighbours.map { "  \($0)" }
    lines += card.details
    lines += card.standardError.isEmpty ? [] : ["stderr:"]
    lines += card.standardError.map { "  \($0)" }
    let command = ForeignText.truncated(card.reproduce, bytes: messageLimit)
    let room = textLimit - command.utf8.count - 1
    return ForeignText.truncated(lines.joined(separator: "\n"), bytes: room) + "\n" + command
  }

  private static func cut(_ text: String) -> String {
    ForeignText.truncated(text, bytes: messageLimit)
  }

  private static func properties(_ run: RunDescription, _ counts: Counts) -> [NamedText] {
    let facts = [
      NamedText("assay.determinism", run.determinism),
      NamedText("assay.device", run.backend.device),
      NamedText("assay.numericMode", run.numericMode),
      NamedText("assay.policy", run.policy),
      NamedText("assay.profile", run.profile),
      NamedText("assay.suite", run.suiteVersion),
      NamedText("assay.timezone", "UTC"),
    ].map { NamedText($0.name, cut(ForeignText.oneLine($0.text))) }
    let counters = Status.allCases.map {
      NamedText("assay.count.\($0.rawValue)", "\(counts[$0])")
    }
    return (facts + counters).sorted { $0.name < $1.name }
  }
}
