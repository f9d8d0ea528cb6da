import Reports

/// The proof as one self-contained page, in the style of the conformance report.
package enum ProofPage {
  /// At most this many findings are listed; the journal has the rest.
  private static let findingLimit = 2_000

  /// The page; nil only when libcrypto cannot hash the style sheet for the security policy.
  package static func page(_ summary: ProofSummary, tier: String) -> String? {
    guard let style = ContentDigest.source(of: HTMLStyle.text) else { return nil }
    let policy =
      "default-src 'none'; style-src '\(style)'; img-src data:; base-uri 'none'; form-action 'none'"
    var page = HTMLMarkup()
    page.constant("<!doctype html>\n")
    page.element("html", ["lang": "en"]) {
      head(policy, &$0)
      $0.element("body") { body in
        band(summary, tier, &body)
        navigation(summary, &body)
        body.element("main", ["id": "main", "tabindex": "-1"]) {
          operators(summary, &$0)
          let matrix = KillMatrix(summary)
          faults(matrix, &$0)
          witnesses(matrix, &$0)
          findings(summary, &$0)
        }
        body.newline()
        body.element("footer") {
          $0.element(
            "p", "Written by assay prove; the same journal gives the same bytes.")
        }
        body.newline()
      }
    }
    page.newline()
    return page.text
  }

  private static func head(_ policy: String, _ page: inout HTMLMarkup) {
    page.element("head") {
      $0.void("meta", ["charset": "utf-8"])
      $0.void("meta", ["http-equiv": "Content-Security-Policy", "content": policy])
      $0.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      $0.void("meta", ["name": "color-scheme", "content": "light dark"])
      $0.element("title", "Proof of the suite")
      $0.element("style") { $0.constant(HTMLStyle.text) }
    }
    page.newline()
  }

  private static func band(_ summary: ProofSummary, _ tier: String, _ page: inout HTMLMarkup) {
    let isClean = summary.findings.isEmpty
    let faults = summary.catalogues.faults.faults.count
    let witnesses = summary.catalogues.witnesses.witnesses.count
    page.element("header", ["class": isClean ? "pass" : "fail"]) { header in
      header.element("p", ["class": "kicker"], "Proof of the suite · tier \(tier)")
      header.element("div", ["class": "band"]) {
        $0.element("p", ["class": "verdict"]) {
          $0.element("span", ["aria-hidden": "true"], isClean ? "✓" : "✗")
          $0.escaped(isClean ? "proven" : "not proven")
        }
        $0.element("div", ["class": "subject"]) {
          $0.element("h1", "\(faults) faults, \(witnesses) witnesses")
          $0.element(
            "p",
            "\(NumberText.grouped(summary.judgements)) judgements over right results, "
              + "\(NumberText.grouped(summary.falseAlarms)) false alarms.")
        }
        $0.element("dl", ["class": "counters"]) { list in
          for (name, count) in [
            ("passed", summary.passed), ("failed", summary.failed), ("skipped", summary.skipped),
          ] {
            list.element("div") {
              $0.element("dt", name)
              $0.element("dd", NumberText.grouped(count))
            }
          }
        }
      }
    }
    page.newline()
  }

  private static func navigation(_ summary: ProofSummary, _ page: inout HTMLMarkup) {
    var links = [("operators", "Operators"), ("faults", "Faults"), ("witnesses", "Witnesses")]
    if !summary.findings.isEmpty { links.append(("findings", "Findings")) }
    page.element("nav", ["aria-label": "Sections"]) { nav in
      nav.element("ul") { list in
        for (id, title) in links {
          list.element("li") { $0.element("a", ["href": "#\(id)"], title) }
        }
      }
    }
    page.newline()
  }

  private static func share(_ cell: OperatorTally.Cell) -> String {
    cell.changed == 0
      ? "–" : "\(NumberText.grouped(cell.killed))/\(NumberText.grouped(cell.changed))"
  }

  private static func operators(_ summary: ProofSummary, _ page: inout HTMLMarkup) {
    let catalogue = summary.catalogues.faults
    page.section("operators", "Operators") { section in
      section.element(
        "p", ["class": "note"], "Noticed of all results that a fault changes, by its severity.")
      section.scrolling("Operators") {
        $0.element("table") { table in
          table.columnHeaders([
            "operator", "cases", "gross", "precision", "special", "equivalent", "open",
            "witnesses", "alarms", "data findings",
          ])
          table.element("tbody") { body in
            for tally in summary.tallies {
              let all = tally.sum(nil, of: catalogue)
              row(
                tally.operatorName,
                [
                  "\(tally.cases)", share(tally.sum(.gross, of: catalogue)),
                  share(tally.sum(.precision, of: catalogue)),
                  share(tally.sum(.special, of: catalogue)), "\(all.equivalent)", "\(all.open)",
                  "\(tally.judgements)", "\(tally.falseAlarms)", "\(tally.dataFindings)",
                ], &body)
            }
          }
        }
      }
    }
  }

  private static func row(_ name: String, _ cells: [String], _ body: inout HTMLMarkup) {
    body.newline()
    body.element("tr") { line in
      line.element("th", ["scope": "row"], name)
      for cell in cells { line.element("td", cell) }
    }
  }

  private static func faults(_ matrix: KillMatrix, _ page: inout HTMLMarkup) {
    page.section("faults", "Faults and operators") { section in
      section.element(
        "p", ["class": "note"],
        "Cases in which the fault is noticed, of those it changes. =: it changes nothing; "
          + "blank: it does not apply.")
      section.scrolling("Faults and operators", isTall: true) {
        $0.element("table", ["class": "heat"]) { table in
          table.columnHeaders(["fault"] + matrix.operators)
          table.element("tbody") { body in
            for row in matrix.faults {
              body.newline()
              body.element("tr") { line in
                let number = row.fault.number.map { "\($0) " } ?? ""
                line.element(
                  "th", ["scope": "row", "title": row.fault.summary], number + row.fault.name)
                for cell in row.cells { self.cell(cell, &line) }
              }
            }
          }
        }
      }
    }
  }

  private static func cell(_ cell: OperatorTally.Cell?, _ line: inout HTMLMarkup) {
    guard let cell else { return line.element("td", "") }
    if cell.changed == 0 { return line.element("td", ["class": "n"], "=") }
    let isWhole = cell.survived == 0
    line.element(
      "td", ["class": isWhole ? "p" : "x"],
      "\(isWhole ? "✓" : "✗") \(cell.killed)/\(cell.changed)")
  }

  private static func witnesses(_ matrix: KillMatrix, _ page: inout HTMLMarkup) {
    page.section("witnesses", "Witnesses and operators") { section in
      section.element(
        "p", ["class": "note"], "Cases the witness passes, of those it computes differently.")
      section.scrolling("Witnesses and operators", isTall: true) {
        $0.element("table", ["class": "heat"]) { table in
          table.columnHeaders(["witness"] + matrix.operators)
          table.element("tbody") { body in
            for row in matrix.witnesses {
              body.newline()
              body.element("tr") { line in
                line.element(
                  "th", ["scope": "row", "title": row.witness.summary], row.witness.name)
                for cell in row.cells {
                  guard cell.judged > 0 else {
                    line.element("td", "")
                    continue
                  }
                  line.element(
                    "td", ["class": cell.alarms == 0 ? "p" : "x"],
                    "\(cell.alarms == 0 ? "✓" : "✗") \(cell.judged - cell.alarms)/\(cell.judged)")
                }
              }
            }
          }
        }
      }
    }
  }

  private static func findings(_ summary: ProofSummary, _ page: inout HTMLMarkup) {
    guard !summary.findings.isEmpty else { return }
    page.section("findings", "Findings") { section in
      let rest = summary.findings.count - findingLimit
      if rest > 0 {
        section.element(
          "p", ["class": "note"], "\(NumberText.grouped(rest)) more stand in the journal.")
      }
      section.scrolling("Findings", isTall: true) {
        $0.element("table") { table in
          table.columnHeaders(["kind", "where", "variant", "what", "remedy"])
          table.element("tbody") { body in
            for finding in summary.findings.prefix(findingLimit) {
              body.newline()
              body.element("tr") { line in
                line.element("th", ["scope": "row"], finding.kind.word)
                for text in [finding.subject, finding.variant, finding.message, finding.advice] {
                  line.element("td", ["class": "wrap"], ForeignText.oneLine(text))
                }
              }
            }
          }
        }
      }
    }
  }
}
