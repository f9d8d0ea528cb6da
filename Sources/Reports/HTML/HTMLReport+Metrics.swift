import Verification

extension HTMLReport {
  /// What other suites' rules make of the cases, and the spread of their metrics where passes were
  /// measured too; nothing where no case has either.
  static func otherRules(_ entries: [Entry], _ page: inout HTMLMarkup) {
    let asked = entries.filter { !$0.record.schemes.isEmpty }
    guard !asked.isEmpty else { return }
    schemeTable(asked, &page)
    // Failures always carry metrics; alone they are no distribution.
    guard asked.contains(where: { $0.status == .pass }) else { return }
    metricTable(asked, &page)
  }

  private static func schemeTable(_ entries: [Entry], _ page: inout HTMLMarkup) {
    func count(_ scheme: Scheme, _ verdict: SchemeVerdict, passes: Bool?) -> String {
      number(
        entries.count {
          $0.record.schemes[scheme.name] == verdict
            && (passes == nil || passes == ($0.status == .pass))
        })
    }
    page.scrolling("Other rules for the same outputs") {
      $0.element("table") { table in
        table.element("caption", "Other rules for the same outputs (informative)")
        table.columnHeaders([
          "rule", "passed: accepts", "passed: rejects", "failed: accepts", "failed: rejects",
          "not applicable", "source",
        ])
        table.element("tbody") { body in
          for scheme in Scheme.all {
            body.element("tr") {
              $0.element("th", ["scope": "row"], scheme.title)
              $0.element("td", count(scheme, .accepts, passes: true))
              $0.element("td", count(scheme, .rejects, passes: true))
              $0.element("td", count(scheme, .accepts, passes: false))
              $0.element("td", count(scheme, .rejects, passes: false))
              $0.element("td", count(scheme, .notApplicable, passes: nil))
              $0.element("td", scheme.source)
            }
          }
        }
      }
    }
  }

  private static func metricTable(_ entries: [Entry], _ page: inout HTMLMarkup) {
    page.scrolling("Informative metrics") {
      $0.element("table") { table in
        table.element("caption", "Informative metrics over passing outputs")
        table.columnHeaders(["metric", "outputs", "smallest", "median", "largest", "meaning"])
        table.element("tbody") { body in
          for definition in MetricDefinition.all { metricRow(definition, entries, &body) }
        }
      }
    }
  }

  private static func metricRow(
    _ definition: MetricDefinition, _ entries: [Entry], _ body: inout HTMLMarkup
  ) {
    let values = entries.lazy.filter { $0.status == .pass }.flatMap(\.record.metrics)
      .compactMap { $0.informative[definition.name] }.sorted()
    guard let smallest = values.first, let largest = values.last else { return }
    body.element("tr") { row in
      row.element("th", ["scope": "row"], definition.name)
      row.element("td", NumberText.grouped(values.count))
      for value in [smallest, values[values.count / 2], largest] {
        row.element("td", MetricsTable.text(value, of: definition.name))
      }
      row.element("td", definition.meaning)
    }
  }
}
