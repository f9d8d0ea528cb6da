package import Verification

/// What the probes found, in words.
package enum ProbeTable {
  static let titles = ["family", "type", "operator", "field", "declared", "probed", "agrees?"]
  /// At most this many findings are lines of their own after a run.
  private static let lineLimit = 8

  /// The whole table with a heading and a closing line, as `assay probe` prints it.
  package static func text(_ records: [ProbeRecord], title: String, declared: String) -> String {
    var table = TextTable(titles, leading: titles.count)
    for record in records { table.append(cells(of: record)) }
    let counts = ProbeRecord.Agreement.allCases.map { agreement in
      "\(records.filter { $0.agreement == agreement }.count) \(word(agreement))"
    }
    return ForeignText.oneLine("\(title) · \(declared) (declared)") + "\n\n"
      + table.lines.joined(separator: "\n") + "\n\n" + counts.joined(separator: ", ") + "\n"
  }

  /// `probes: matmul f32 inputs rounded to bf16 (declared: 24 bits)  V706`, one line for each
  /// family, type and finding.
  static func lines(_ contradictions: [ProbeRecord]) -> [String] {
    var seen: Set<String> = []
    // What changes every value comes before what changes special ones.
    let ordered = ProbeRecord.Field.allCases.flatMap { field in
      contradictions.filter { $0.field == field }
    }
    let all = ordered.map { record in
      ForeignText.oneLine(
        "probes: \(record.family.rawValue) \(record.type) \(record.probed) "
          + "(declared: \(record.declared))") + "  V706"
    }.filter { seen.insert($0).inserted }
    let rest = all.count - lineLimit
    return Array(all.prefix(lineLimit))
      + (rest > 0 ? ["probes: … \(rest) more findings  V706"] : [])
  }

  static func cells(of record: ProbeRecord) -> [String] {
    [
      record.family.rawValue, record.type, record.operatorName, record.field.rawValue,
      record.declared, record.probed, word(record.agreement),
    ].map { ForeignText.truncated(ForeignText.oneLine($0), bytes: 120) }
  }

  static func word(_ agreement: ProbeRecord.Agreement) -> String {
    switch agreement {
    case .agrees: "agrees"
    case .stricter: "stricter"
    case .contradicts: "contradicts"
    case .unmeasured: "not measured"
    }
  }
}
