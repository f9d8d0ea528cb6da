/// The cases of one operator or model as one JUnit suite.
struct JUnitSuite {
  struct Row {
    let names: JUnitNames
    let entry: Entry
  }

  let name: String
  /// Ordered by classname, then name.
  let rows: [Row]

  /// Derived from the rows, never counted along the way.
  var counts: Counts { Counts(rows.lazy.map(\.entry)) }

  /// The sum of the cases' wall times, saturating.
  var nanoseconds: Int64 {
    rows.reduce(0) { sum, row in
      let (next, overflow) = sum.addingReportingOverflow(max(0, row.entry.record.wallNanoseconds))
      return overflow ? .max : next
    }
  }

  /// The suites of a run, ordered by name.
  static func suites(of summary: RunSummary) -> [JUnitSuite] {
    let rows = summary.entries.map { Row(names: JUnitNames($0), entry: $0) }
    return Dictionary(grouping: rows, by: \.names.suite)
      .map { JUnitSuite(name: $0.key, rows: $0.value.sorted(by: precedes)) }
      .sorted { $0.name < $1.name }
  }

  private static func precedes(_ a: Row, _ b: Row) -> Bool {
    a.names.classname != b.names.classname
      ? a.names.classname < b.names.classname : a.names.name < b.names.name
  }
}
