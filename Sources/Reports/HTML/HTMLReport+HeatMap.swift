extension HTMLReport {
  /// Operators against types as a real table; a cell says it in glyph and numbers, then in colour.
  static func heatMap(_ summary: RunSummary, _ page: inout HTMLMarkup) {
    let map = HeatMap(summary.entries)
    let anchors = FailureAnchors(summary)
    page.section("map", "Operators and types") { section in
      section.element(
        "p", ["class": "note"],
        "Passed cases of all cases, by operator and first type variable. "
          + "A blank cell: the suite has no such case in this tier.")
      legend(&section)
      section.scrolling("Operators and types") {
        $0.element("table", ["class": "heat"]) { table in
          table.element("caption", ["class": "hidden"], "Passed cases by operator and type")
          table.columnHeaders(["operator"] + map.columns.map(short))
          for block in map.blocks { self.block(block, map.columns.count, anchors, &table) }
        }
      }
    }
  }

  private static func block(
    _ block: HeatMap.Block, _ columns: Int, _ anchors: FailureAnchors, _ table: inout HTMLMarkup
  ) {
    table.newline()
    table.element("tbody") { body in
      if block.domain != "onnx" {
        body.element("tr") {
          $0.element(
            "th", ["scope": "rowgroup", "colspan": "\(columns + 1)"],
            "domain \(short(block.domain))")
        }
      }
      for row in block.rows {
        body.newline()
        body.element("tr") { line in
          line.element("th", ["scope": "row"], short(row.name))
          for cell in row.cells { self.cell(cell, anchors, &line) }
        }
      }
    }
  }

  private static func cell(
    _ cell: HeatMap.Cell?, _ anchors: FailureAnchors, _ row: inout HTMLMarkup
  ) {
    guard let cell else {
      row.element("td", "")
      return
    }
    let (tone, glyph) = appearance(of: cell)
    let text = "\(glyph) \(cell.counts.passed)/\(cell.counts.total)"
    guard let worst = cell.worst, let anchor = anchors[worst] else {
      row.element("td", ["class": tone], text)
      return
    }
    row.element("td", ["class": tone]) { $0.element("a", ["href": "#\(anchor)"], text) }
  }

  private static func appearance(of cell: HeatMap.Cell) -> (tone: String, glyph: String) {
    if let worst = cell.worst { return (tone(of: worst.status), worst.status.glyph) }
    if cell.counts.passed == cell.counts.total { return ("p", Status.pass.glyph) }
    if cell.counts[.unsupported] > 0 { return ("u", Status.unsupported.glyph) }
    return ("n", Status.filtered.glyph)
  }

  /// The style class of a status.
  static func tone(of status: Status) -> String {
    switch status {
    case .pass: "p"
    case .fail, .crash, .timeout, .flaky, .missing: "x"
    case .inconclusive: "q"
    case .unsupported: "u"
    case .filtered: "n"
    }
  }

  private static func legend(_ page: inout HTMLMarkup) {
    let entries = [
      ("p", "✓ 12/12", "all passed"), ("x", "✗ 9/12", "wrong results, or mandatory and missing"),
      ("x", "☠ 9/12", "crash"), ("x", "◷ 9/12", "time-out"),
      ("q", "? 9/12", "not judged, our fault"), ("u", "– 9/12", "declared unsupported"),
      ("n", "· 0/12", "not selected in this run"),
    ]
    page.element("ul", ["class": "legend", "aria-label": "Legend"]) { list in
      for (tone, sample, meaning) in entries {
        list.element("li") {
          $0.element("span", ["class": tone], sample)
          $0.escaped(meaning)
        }
      }
    }
    page.newline()
  }
}
