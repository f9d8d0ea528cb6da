import Glibc
import Reports
import Verification

/// The folder of one run: its log and the reports made from it.
struct ReportDirectory {
  let path: String

  var log: String { path + "/events.jsonl" }

  /// Creates the folder where it does not exist yet.
  init(_ path: String) throws {
    self.path = path
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw CommandStop(
        .usage, "\(path): cannot be created: \(String(cString: strerror(errno)))")
    }
  }

  /// The folder a file lies in.
  static func parent(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }

  /// The path from the root.
  static func absolute(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Writes every report, or none: after a failure those of an earlier run are gone too, so that
  /// they cannot pass for this one's.
  func writeReports(_ summary: RunSummary) throws -> [String] {
    let (json, junit) = (path + "/results.json", path + "/junit.xml")
    let (html, markdown) = (path + "/report.html", path + "/summary.md")
    do {
      try AtomicFile.write(JSONSummary.bytes(summary), to: json)
      try JUnitReport.write(summary, to: junit)
      try HTMLReport.write(summary, to: html)
      try AtomicFile.write(Array(MarkdownReport.text(summary).utf8), to: markdown)
    } catch {
      for report in [json, junit, html, markdown] { unlink(report) }
      throw CommandStop(
        .harness, "\(error); no report was written, the log is kept: assay report LOG --into FOLDER"
      )
    }
    return [html, junit, json, markdown, log]
  }
}
