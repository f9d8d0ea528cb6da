import ArgumentParser
import Reports
import Runner
import Verification

/// Makes every report anew from a log.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Regenerate the reports from an event log.")

  @Argument(help: "The log, …/events.jsonl.") var log: String
  @Option(help: "The folder for the reports; default: that of the log.") var into: String?
  @Flag(help: "Also write the schema that junit.xml was validated against.") var xsd = false
  @OptionGroup var output: ReportOptions

  mutating func run() throws {
    let summary = try LoggedSummary.read(log)
    let directory = try ReportDirectory(into ?? ReportDirectory.parent(of: log))
    if xsd {
      let path = directory.path + "/" + JUnitSchema.fileName
      do { try AtomicFile.write(Array(JUnitSchema.text.utf8), to: path) } catch {
        throw CommandStop(.harness, "\(error)")
      }
    }
    let paths = try directory.writeReports(summary)
    let console = ConsoleReport(
      summary, style: output.style, isQuiet: output.quiet, reportPaths: paths)
    Output.write(console.text, to: 1)
    if summary.conclusion.exitCode != .success { throw CommandStop(summary.conclusion.exitCode) }
  }
}

/// The summary that a log describes.
enum LoggedSummary {
  static func read(_ path: String) throws -> RunSummary {
    let history: EventHistory
    do { history = try EventHistory(reading: path) } catch { throw CommandStop(error) }
    guard var run = try history.description else {
      throw CommandStop(.incomplete, "\(path): the run ended before it began; run it again")
    }
    run.wasInterrupted = !history.isComplete
    let records = history.foldedRecords
    do {
      return try RunSummary(
        run, records: records, mandatory: [], secondJudgement: ForeignRun.ownColumn(records),
        probes: history.probes ?? [])
    } catch {
      throw CommandStop(.tampered, "\(path): \(error)")
    }
  }
}
