extension HTMLReport {
  /// Cards of the failures, grouped by operator, the worst group first.
  static func failures(_ summary: RunSummary, _ page: inout HTMLMarkup) {
    let total = summary.counts.failed
    guard total > 0 else { return }
    let anchors = FailureAnchors(summary)
    page.section("failures", "Failures") { section in
      operatorTable(summary, anchors, &section)
      let start = section.size
      var shown = 0
      for (number, group) in anchors.groups.enumerated() {
        guard section.size - start < cardBytes else { break }
        section.element("div", ["class": "group"]) {
          shown += cards(
            group, isFirst: number < 2, summary, anchors, room: cardBytes - ($0.size - start), &$0)
        }
        section.newline()
      }
      guard shown < total else { return }
      section.element("p") {
        $0.escaped(
          "\(NumberText.grouped(total - shown)) more failures without a card here; "
            + "they are in \(short(summary.description.eventLog)).")
      }
    }
  }

  private static func operatorTable(
    _ summary: RunSummary, _ anchors: FailureAnchors, _ page: inout HTMLMarkup
  ) {
    let rows = summary.bySubject
      .map { (subject: $0.subject, entries: $0.entries, counts: Counts($0.entries)) }
      .filter { $0.counts.failed > 0 }
      .sorted { $0.counts.failed > $1.counts.failed }
    page.scrolling("Failures by operator", isTall: true) {
      $0.element("table") { table in
        table.element("caption", "By operator")
        table.element("thead") {
          $0.element("tr") { head in
            for title in ["operator", "failed", "crash", "time-out", "cases"] {
              head.element("th", ["scope": "col"], title)
            }
            head.element("th", ["scope": "col", "class": "left"], "codes")
          }
        }
        table.element("tbody") { body in
          for row in rows { operatorRow(row.subject, row.entries, row.counts, anchors, &body) }
        }
      }
    }
  }

  private static func operatorRow(
    _ subject: String, _ entries: [Entry], _ counts: Counts, _ anchors: FailureAnchors,
    _ table: inout HTMLMarkup
  ) {
    let failed = entries.filter { $0.status.outcome == .failed }
    let codes = Tally(failed.map(\.code)).largestFirst.map { "\($0.key) \($0.count)" }
    let anchor = failed.min(by: Entry.worstFirst).flatMap { anchors[$0] }
    table.newline()
    table.element("tr") {
      $0.element("th", ["scope": "row"]) { name in
        if let anchor {
          name.element("a", ["href": "#\(anchor)"], short(subject))
        } else {
          name.escaped(short(subject))
        }
      }
      $0.element("td", ["class": "bad"], number(counts.failed))
      $0.element("td", number(counts[.crash]))
      $0.element("td", number(counts[.timeout]))
      $0.element("td", NumberText.grouped(counts.total))
      $0.element("td", ["class": "wrap"], codes.joined(separator: ", "))
    }
  }

  /// Writes the cards of a group until `room` bytes are used; returns how many.
  private static func cards(
    _ group: FailureGroup, isFirst: Bool, _ summary: RunSummary, _ anchors: FailureAnchors,
    room: Int, _ page: inout HTMLMarkup
  ) -> Int {
    let start = page.size
    page.element("h3") {
      $0.escaped(short(group.subject) + " ")
      $0.element("small", group.entries.count == 1 ? "1 case" : "\(group.entries.count) cases")
    }
    var shown = 0
    for entry in group.entries where page.size - start < room {
      page.newline()
      card(entry, anchors[entry] ?? "", isOpen: isFirst && shown == 0, summary, &page)
      shown += 1
    }
    return shown
  }

  private static func card(
    _ entry: Entry, _ anchor: String, isOpen: Bool, _ summary: RunSummary,
    _ page: inout HTMLMarkup
  ) {
    let card = FailureCard(entry, of: summary)
    let content: (inout HTMLMarkup) -> Void = {
      $0.element("summary") {
        $0.element(
          "span", ["class": "tag \(tone(of: card.status))"],
          "\(card.status.glyph) \(card.status.word)")
        $0.element("code", card.caseID)
        $0.element("code", ["class": "code"], card.code)
        $0.element("span", ["class": "what"], ForeignText.truncated(card.headline, bytes: 120))
        let ratio = entry.record.worst.flatMap { FailureCard.ratioText($0.ratio) }
        $0.element("span", ["class": "far"], ratio ?? "")
      }
      // The anchor lies inside, so that following a link opens the card without a script.
      $0.element("div", ["class": "body", "id": anchor]) { cardBody(entry, card, summary, &$0) }
    }
    if isOpen {
      page.element("details", ["class": "card", "open": ""], content: content)
    } else {
      page.element("details", ["class": "card"], content: content)
    }
  }
}
