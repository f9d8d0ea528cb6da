import CanonicalJSON
import Verification

extension HTMLReport {
  /// All cases as a list the script filters; invisible without it.
  static func cases(_ summary: RunSummary, _ page: inout HTMLMarkup) {
    let list = CaseList(summary.entries, limit: caseListBytes)
    page.newline()
    page.element(
      "section",
      ["id": "cases", "aria-labelledby": "cases-title", "hidden": "", "data-needs-script": ""]
    ) {
      $0.element("h2", ["id": "cases-title"], "All cases")
      finder(&$0)
      $0.scrolling("All cases", isTall: true) {
        $0.element("table") { table in
          table.element("caption", ["class": "hidden"], "Cases found")
          table.element("thead") {
            $0.element("tr") {
              $0.element("th", ["scope": "col"], "case")
              $0.element("th", ["scope": "col", "class": "left"], "status")
              $0.element("th", ["scope": "col", "class": "left"], "code")
              $0.element("th", ["scope": "col"], "error over bound")
            }
          }
          table.element("tbody", ["id": "found"], "")
        }
      }
      if list.omitted > 0 {
        $0.element(
          "p", ["class": "note"],
          "\(NumberText.grouped(list.omitted)) cases are not listed here; "
            + "they are in \(short(summary.description.eventLog)).")
      }
      $0.element("script", ["type": "application/json", "id": "case-list"]) {
        $0.constant(list.text)
      }
    }
  }

  private static func finder(_ page: inout HTMLMarkup) {
    page.element("div", ["class": "find"]) {
      $0.element("label") {
        $0.escaped("Words of the case id or code")
        $0.void("input", ["id": "find-text", "type": "search", "autocomplete": "off"])
      }
      $0.element("label") {
        $0.escaped("Status")
        $0.element("select", ["id": "find-status"]) {
          $0.element("option", ["value": ""], "every status")
        }
      }
    }
    page.element("p", ["class": "note", "id": "found-count", "role": "status"], "")
  }
}

/// All cases as compact JSON that is safe inside a script element.
private struct CaseList {
  /// JSON without any character that could end the element or begin a comment.
  let text: String
  /// Cases that did not fit.
  let omitted: Int

  /// Groups cases by the part of the id up to the last `/`, so that it is written once.
  init(_ entries: [Entry], limit: Int) {
    let codes = Array(Set(entries.map(\.code))).sorted()
    let statuses = Status.allCases.filter { status in entries.contains { $0.status == status } }
    var groups: [JSON] = []
    var size = 0
    var listed = 0
    let byPrefix = Dictionary(grouping: entries, by: Self.prefix).sorted { $0.key < $1.key }
    for (prefix, members) in byPrefix where size < limit {
      var rows: [JSON] = []
      for entry in members where size < limit {
        let row = Self.row(entry, prefix, statuses, codes)
        size += row.canonicalBytes.count + 1
        rows.append(row)
      }
      size += prefix.utf8.count + 8
      listed += rows.count
      groups.append([.string(ForeignText.cleaned(prefix)), .array(rows)])
    }
    omitted = entries.count - listed
    let list: JSON = [
      "codes": .array(codes.map(JSON.string)),
      "statuses": .array(statuses.map { .string($0.word) }), "groups": .array(groups),
    ]
    text = Self.escaped(list.canonicalText)
  }

  private static func prefix(_ entry: Entry) -> String {
    let id = entry.record.caseID
    return id.lastIndex(of: "/").map { String(id[...$0]) } ?? ""
  }

  private static func row(
    _ entry: Entry, _ prefix: String, _ statuses: [Status], _ codes: [String]
  ) -> JSON {
    let rest = ForeignText.cleaned(String(entry.record.caseID.dropFirst(prefix.count)))
    let ratio = entry.worstRatio.map { DecimalText.short($0) } ?? ""
    return [
      .string(ForeignText.truncated(rest, bytes: 300)),
      .integer(Int64(statuses.firstIndex(of: entry.status) ?? 0)),
      .integer(Int64(codes.firstIndex(of: entry.code) ?? 0)), .string(ratio),
    ]
  }

  /// JSON strings may escape any character; outside strings none of these occurs.
  private static func escaped(_ json: String) -> String {
    var result = ""
    for scalar in json.unicodeScalars {
      switch scalar {
      case "<": result += "\\u003c"
      case ">": result += "\\u003e"
      case "&": result += "\\u0026"
      case "\u{2028}": result += "\\u2028"
      case "\u{2029}": result += "\\u2029"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
