import ArgumentParser
import Cases
import Reports
import Spec

/// Says how much of the standard the cases reach.
struct ReportCoverage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Count what of the standard the cases reach, and name what they do not.",
    discussion: """
      Each denominator comes from the standard's table of operators, or from the labelled \
      constraints of the case files. Versions, types and attributes count where a case judges \
      values. Exits 1 with --check when something recorded is no longer covered, 7 with --record \
      when the record changed.

      Examples:
        assay coverage
        assay coverage --missing slots
        assay coverage --check
      """)

  @OptionGroup var suite: SuiteOptions

  @Option(help: "The tier whose cases count: smoke, ci, full or heavy.")
  var tier = "full"

  @Option(help: ArgumentHelp("Name what is missing of KIND, or of all.", valueName: "kind"))
  var missing: String?

  @Flag(help: "Only compare with the record in the folder of the goldens.")
  var check = false

  @Flag(help: "Record what is covered.")
  var record = false

  mutating func run() throws {
    let wanted = try wantedKinds()
    let coverage = try coverage()
    let path = suite.goldens + "/" + CoverageRecord.fileName
    if check { return try compare(coverage, path) }
    Output.line(table(coverage))
    for row in coverage.rows where wanted.contains(row.kind) { Output.line(names(row)) }
    if record { try write(CoverageRecord(coverage), path) }
  }

  private func wantedKinds() throws -> [CoverageKind] {
    guard let missing else { return [] }
    if missing == "all" { return CoverageKind.allCases }
    guard let kind = CoverageKind(rawValue: missing) else {
      let known = CoverageKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw CommandStop(.usage, "--missing \(missing): give all or one of \(known)")
    }
    return [kind]
  }

  private func coverage() throws -> Coverage {
    guard let tier = Tier(rawValue: tier) else {
      throw CommandStop(.usage, "--tier \(tier): choose smoke, ci, full or heavy")
    }
    let catalogue = try suite.suite().catalogue
    do throws(CaseFileError) { return try Coverage(of: catalogue, tier: tier) } catch {
      throw CommandStop(.usage, "\(error)")
    }
  }

  private func table(_ coverage: Coverage) -> String {
    let rows = coverage.rows.map { row in
      (
        row.kind.rawValue, "\(row.covered.count)/\(row.covered.count + row.missing.count)",
        row.kind.title
      )
    }
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { name, count, title in
      name + String(repeating: " ", count: width - name.count)
        + String(repeating: " ", count: max(1, 12 - count.count)) + count + "  " + title
    }.joined(separator: "\n")
  }

  /// One line for each operator version with what of it is missing.
  private func names(_ row: Coverage.Row) -> String {
    guard !row.missing.isEmpty else { return "\(row.kind.rawValue): nothing is missing" }
    var lines: [(version: String, details: [String])] = []
    for name in row.missing {
      if lines.last?.version != name.version { lines.append((name.version, [])) }
      lines[lines.count - 1].details += name.detail.map { [$0] } ?? []
    }
    let text = lines.map { version, details in
      "  \(version)" + (details.isEmpty ? "" : ": " + details.joined(separator: " "))
    }
    return "\(row.kind.rawValue), missing:\n" + text.joined(separator: "\n")
  }

  private func compare(_ coverage: Coverage, _ path: String) throws {
    let lost = try stored(path).lost(in: coverage)
    guard lost.isEmpty else {
      for name in lost { Output.line("LOST  \(name)") }
      throw CommandStop(
        .failure,
        "\(lost.count) covered before; bring their cases back, or run assay coverage --record")
    }
    Output.line("nothing that \(path) records is lost")
  }

  private func stored(_ path: String) throws -> CoverageRecord {
    do { return try CoverageRecord(parsing: FileContents.bytes(at: path)) } catch {
      throw CommandStop(.usage, "\(path): \(error); run assay coverage --record")
    }
  }

  private func write(_ record: CoverageRecord, _ path: String) throws {
    if (try? FileContents.bytes(at: path)) == record.bytes { return }
    do { try AtomicFile.write(record.bytes, to: path) } catch {
      throw CommandStop(.harness, "\(error); free space or give another --goldens folder")
    }
    throw CommandStop(.drift, "\(path) has changed")
  }
}
