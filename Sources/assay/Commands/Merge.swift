import ArgumentParser
import CanonicalJSON
import Reports
import Runner
import Verification

/// Joins the logs of all shards of one run.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Join the logs of all shards; exit 5 when one is missing.")

  @Argument(help: "The logs of shards 1/n … n/n, in any order.") var logs: [String]
  @Option(name: .customLong("report"), help: "The folder for the joined reports.")
  var reportDirectory = "assay-report"
  @OptionGroup var output: ReportOptions

  mutating func run() throws {
    var histories: [EventHistory] = []
    for log in logs {
      do { histories.append(try EventHistory(reading: log)) } catch { throw CommandStop(error) }
    }
    try checkShards(histories)
    guard let first = histories.first, var run = try first.description else {
      throw CommandStop(.incomplete, "no log holds the start of its run")
    }
    for history in histories.dropFirst() {
      guard let other = try history.description, other.backend == run.backend,
        other.suiteVersion == run.suiteVersion, other.numericMode == run.numericMode,
        other.tier == run.tier, other.policy == run.policy
      else {
        throw CommandStop(.incomplete, "\(history.path): another backend, suite, mode or tier")
      }
      run.started = min(run.started, other.started)
    }
    run.wasInterrupted = histories.contains { !$0.isComplete }
    run.commandLine = "merge of \(histories.count) shards"
    let records = histories.flatMap(\.foldedRecords)
    var seen: Set<ProbeRecord> = []
    let probes = histories.flatMap { $0.probes ?? [] }.filter { seen.insert($0).inserted }
    let summary = try RunSummary(run, records: records, mandatory: [], probes: probes)
    let paths = try ReportDirectory(reportDirectory).writeReports(summary)
    Output.write(
      ConsoleReport(summary, style: output.style, isQuiet: output.quiet, reportPaths: paths).text,
      to: 1)
    if summary.conclusion.exitCode != .success { throw CommandStop(summary.conclusion.exitCode) }
  }

  private func checkShards(_ histories: [EventHistory]) throws {
    let shards = histories.map { $0.shard.split(separator: "/").compactMap { Int($0) } }
    guard let total = shards.first?.last, shards.allSatisfy({ $0.count == 2 && $0[1] == total })
    else { throw CommandStop(.incomplete, "the logs are not shards of one run") }
    let present = shards.map { $0[0] }.sorted()
    let missing = (1...max(1, total)).filter { !present.contains($0) }
    guard missing.isEmpty, present.count == total else {
      let names = missing.map { "\($0)/\(total)" }.joined(separator: ", ")
      throw CommandStop(
        .incomplete, missing.isEmpty ? "a shard is given twice" : "missing shards: \(names)")
    }
  }
}
