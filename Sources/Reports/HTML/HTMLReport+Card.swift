import Verification

extension HTMLReport {
  /// The inside of a failure card, from what happened to how to see it again.
  static func cardBody(
    _ entry: Entry, _ card: FailureCard, _ summary: RunSummary, _ body: inout HTMLMarkup
  ) {
    body.element("p", ["class": "lead"], card.headline)
    if !card.intent.isEmpty { body.element("p", "Hunts for: \(card.intent)") }
    if let worst = entry.record.worst {
      body.element("div", ["class": "pair"]) { pair in
        pair.element("div", ["class": "stack"]) {
          worstElement(worst, &$0)
          details(card, &$0)
        }
        if !card.neighbours.isEmpty { neighbourhood(card.neighbours, &pair) }
      }
    } else {
      details(card, &body)
    }
    if let rules = card.otherRules { body.element("p", ["class": "note"], rules) }
    body.definitions(facts(entry, summary))
    if !card.standardError.isEmpty {
      body.element("div") {
        $0.element("p", ["class": "note"], "Last lines of the worker's stderr")
        $0.element(
          "pre", ["class": "log", "tabindex": "0"], card.standardError.joined(separator: "\n"))
      }
    }
    body.element("code", ["class": "command"], card.reproduce)
  }

  private static func facts(_ entry: Entry, _ summary: RunSummary) -> [NamedText] {
    let record = entry.record
    var facts = [
      NamedText("Obligation", entry.isMandatory ? "mandatory" : "optional"),
      NamedText("Accuracy class", record.accuracyClass),
      NamedText("Since version", "\(record.sinceVersion)"),
      NamedText("Types", record.types),
      NamedText("Time", "\(NumberText.seconds(nanoseconds: record.wallNanoseconds)) s"),
    ]
    if let second = summary.secondJudgement, let accepts = second.accepts[record.caseID] {
      facts.append(NamedText(second.title, accepts ? "accepted" : "rejected"))
    }
    return facts
  }

  private static func details(_ card: FailureCard, _ body: inout HTMLMarkup) {
    guard !card.details.isEmpty else { return }
    body.element("ul") { list in
      for line in card.details { list.element("li", line) }
    }
  }

  /// The worst element: observed, expected, allowed, and how far apart.
  private static func worstElement(_ worst: WorstElement, _ body: inout HTMLMarkup) {
    let index = worst.index.map(String.init).joined(separator: ",")
    let place = worst.index.isEmpty ? worst.output : "\(worst.output)[\(index)]"
    let rows = [
      ("observed", worst.observed), ("golden", worst.golden), ("bound", worst.bound),
      ("distance", FailureCard.ratioText(worst.ratio) ?? "not a matter of distance"),
    ]
    body.scrolling("Worst element") {
      $0.element("table", ["class": "value"]) { table in
        table.element("caption", "Worst element \(short(place))")
        table.element("tbody") { body in
          for (name, value) in rows {
            body.element("tr") {
              $0.element("th", ["scope": "row"], name)
              $0.element("td", short(value))
            }
          }
        }
      }
    }
  }

  private static func neighbourhood(_ lines: [String], _ page: inout HTMLMarkup) {
    page.scrolling("Neighbourhood") {
      $0.element("table", ["class": "value"]) { table in
        table.element("caption", "Neighbourhood")
        table.columnHeaders(["index", "observed", "golden"])
        table.element("tbody") { body in
          for line in lines {
            let (index, observed, golden) = columns(of: line)
            body.element("tr") {
              $0.element("th", ["scope": "row"], index)
              $0.element("td", observed)
              $0.element("td", golden)
            }
          }
        }
      }
    }
  }

  /// The columns of `index: observed | golden`; what does not have that form stays whole.
  private static func columns(of line: String) -> (String, String, String) {
    guard let colon = line.firstIndex(of: ":"), let bar = line.lastIndex(of: "|"), colon < bar
    else { return ("", line, "") }
    func trimmed(_ text: Substring) -> String {
      text.split(separator: " ").joined(separator: " ")
    }
    return (
      trimmed(line[..<colon]), trimmed(line[line.index(after: colon)..<bar]),
      trimmed(line[line.index(after: bar)...])
    )
  }
}
