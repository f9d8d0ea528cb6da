import Verification

extension HTMLReport {
  /// The declared numeric mode beside what the probes found; nothing without probes.
  static func probes(_ summary: RunSummary, _ page: inout HTMLMarkup) {
    guard !summary.probes.isEmpty else { return }
    page.section("probes", "Probes of the numeric mode") { section in
      let count = summary.contradictions.count
      section.element(
        "p",
        count == 0
          ? "No probe contradicts the declared mode."
          : "\(count) of \(summary.probes.count) findings contradict the declared mode (V706). "
            + "Cases are judged in the declared mode all the same.")
      section.scrolling("Declared and probed", isTall: true) {
        $0.element("table") { table in
          table.element("caption", "Declared and probed")
          table.element("thead") {
            $0.element("tr") { line in
              for title in ProbeTable.titles {
                line.element("th", ["scope": "col", "class": "left"], title)
              }
            }
          }
          table.element("tbody") { body in
            // What contradicts comes first, in the order of the probes.
            let rest = summary.probes.filter { $0.agreement != .contradicts }
            for record in summary.contradictions + rest { row(record, &body) }
          }
        }
      }
    }
  }

  private static func row(_ record: ProbeRecord, _ table: inout HTMLMarkup) {
    let cells = ProbeTable.cells(of: record)
    table.element("tr") { line in
      for (column, cell) in cells.enumerated() {
        if column == 0 {
          line.element("th", ["scope": "row"], cell)
        } else {
          let isBad = column == cells.count - 1 && record.agreement == .contradicts
          line.element("td", ["class": isBad ? "left bad" : "left"], cell)
        }
      }
    }
  }
}
