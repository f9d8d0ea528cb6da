extension HTMLReport {
  /// Counters by obligation: denominators as integers, never a rounded percentage.
  static func profile(_ summary: RunSummary, _ page: inout HTMLMarkup) {
    let mandatory = summary.entries.filter(\.isMandatory)
    let optional = summary.entries.filter { !$0.isMandatory }
    page.section("profile", "Profile \(short(summary.description.profile))") { section in
      section.element("div", ["class": "pair"]) { pair in
        pair.scrolling("Cases by obligation") {
          $0.element("table") { table in
            table.element("caption", "Cases by obligation")
            table.columnHeaders([
              "obligation", "passed", "failed", "unsupported", "filtered", "cases",
            ])
            table.element("tbody") {
              row("mandatory", Counts(mandatory), &$0)
              row("optional", Counts(optional), &$0)
              row("all", summary.counts, &$0)
            }
          }
        }
        kinds(summary, &pair)
      }
      if !summary.skipReasons.isEmpty {
        section.element(
          "p", ["class": "note"],
          "Skipped: \(summary.skipReasons.joined(separator: ", ")).")
      }
      secondJudgement(summary, &section)
    }
  }

  private static func row(_ name: String, _ counts: Counts, _ table: inout HTMLMarkup) {
    table.element("tr") {
      $0.element("th", ["scope": "row"], name)
      let total = NumberText.grouped(counts.total)
      $0.element("td", "\(NumberText.grouped(counts.passed)) / \(total)")
      $0.element("td", ["class": counts.failed > 0 ? "bad" : ""], number(counts.failed))
      $0.element("td", number(counts[.unsupported]))
      $0.element("td", number(counts[.filtered]))
      $0.element("td", total)
    }
  }

  /// The failed by what went wrong, and the extent in operators.
  private static func kinds(_ summary: RunSummary, _ page: inout HTMLMarkup) {
    let subjects = summary.bySubject
    let affected = subjects.filter { Counts($0.entries).failed > 0 }.count
    let rows = [
      ("Operators and models judged", subjects.count), ("… of them with a failure", affected),
      ("Wrong results", summary.counts[.fail]), ("Crashes", summary.counts[.crash]),
      ("Time-outs", summary.counts[.timeout]), ("Flaky", summary.counts[.flaky]),
      ("Missing", summary.counts[.missing]), ("Not judged by us", summary.counts[.inconclusive]),
    ]
    page.scrolling("Extent") {
      $0.element("table") { table in
        table.element("caption", "Extent")
        table.element("tbody") { body in
          for (name, value) in rows {
            body.element("tr") {
              $0.element("th", ["scope": "row"], name)
              $0.element("td", number(value))
            }
          }
        }
      }
    }
  }

  private static func secondJudgement(_ summary: RunSummary, _ page: inout HTMLMarkup) {
    guard let second = summary.secondJudgement else { return }
    func count(_ outcome: Status.Outcome, _ accepts: Bool) -> Int {
      summary.entries.filter {
        $0.status.outcome == outcome && second.accepts[$0.record.caseID] == accepts
      }.count
    }
    let title = short(second.title)
    page.scrolling("Agreement with \(title)") {
      $0.element("table") { table in
        table.element("caption", "Agreement with \(title) (informative)")
        table.columnHeaders(["", "\(title): accepted", "\(title): rejected"])
        table.element("tbody") { body in
          for (name, outcome) in [("passed", Status.Outcome.passed), ("failed", .failed)] {
            body.element("tr") {
              $0.element("th", ["scope": "row"], name)
              $0.element("td", number(count(outcome, true)))
              $0.element("td", number(count(outcome, false)))
            }
          }
        }
      }
    }
  }

  /// A counter; zero is a dash, so that what is not zero stands out.
  static func number(_ value: Int) -> String { value == 0 ? "–" : NumberText.grouped(value) }
}
