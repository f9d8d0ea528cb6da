/// One self-contained page: a pure function of the summary, without network, time or chance.
package enum HTMLReport {
  /// At most this many failure cards, and no further card once they take `cardBytes`.
  static let cardLimit = 500
  static let cardBytes = 1_250_000
  /// The list of all cases stops here; the event log has the rest.
  static let caseListBytes = 1_150_000

  /// The page; nil only when libcrypto cannot hash the style sheet for the security policy.
  package static func page(_ summary: RunSummary) -> String? {
    guard let style = ContentDigest.source(of: HTMLStyle.text),
      let script = ContentDigest.source(of: HTMLScript.text)
    else { return nil }
    let policy =
      "default-src 'none'; style-src '\(style)'; script-src '\(script)'; img-src data:; "
      + "base-uri 'none'; form-action 'none'"
    var page = HTMLMarkup()
    page.constant("<!doctype html>\n")
    page.element("html", ["lang": "en"]) {
      head(summary, policy, &$0)
      body(summary, &$0)
    }
    page.newline()
    return page.text
  }

  /// Writes the page; after any failure there is no file at `path`.
  package static func write(_ summary: RunSummary, to path: String) throws(ReportError) {
    guard let page = page(summary) else { throw .digest }
    try AtomicFile.write(Array(page.utf8), to: path)
  }

  private static func head(_ summary: RunSummary, _ policy: String, _ page: inout HTMLMarkup) {
    let run = summary.description
    let title = [
      summary.conclusion.word, run.backend.title, "\(run.suiteName) \(run.suiteVersion)",
    ]
    page.element("head") {
      $0.void("meta", ["charset": "utf-8"])
      $0.newline()
      $0.void("meta", ["http-equiv": "Content-Security-Policy", "content": policy])
      $0.newline()
      $0.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      $0.void("meta", ["name": "color-scheme", "content": "light dark"])
      $0.void("meta", ["name": "referrer", "content": "no-referrer"])
      $0.newline()
      $0.element("title", ForeignText.oneLine(title.joined(separator: " · ")))
      $0.newline()
      $0.element("style") { $0.constant(HTMLStyle.text) }
    }
    page.newline()
  }

  private static func body(_ summary: RunSummary, _ page: inout HTMLMarkup) {
    page.element("body") { body in
      body.element("a", ["class": "skip", "href": "#main"], "Skip to the results")
      body.newline()
      verdictBand(summary, &body)
      navigation(summary, &body)
      body.element("main", ["id": "main", "tabindex": "-1"]) {
        identity(summary, &$0)
        profile(summary, &$0)
        heatMap(summary, &$0)
        failures(summary, &$0)
        distribution(summary, &$0)
        cases(summary, &$0)
        environment(summary, &$0)
        probes(summary, &$0)
        verification(summary, &$0)
      }
      body.newline()
      body.element("footer") {
        $0.element("p") {
          let run = summary.description
          $0.escaped(
            "\(run.suiteName) \(run.toolVersion), suite \(run.suiteVersion). "
              + "Regenerated from the event log, this page has the same bytes.")
        }
      }
      body.newline()
      body.element("script") { $0.constant(HTMLScript.text) }
    }
  }

  private static func navigation(_ summary: RunSummary, _ page: inout HTMLMarkup) {
    var links = [("identity", "Backend"), ("profile", "Profile"), ("map", "Operators and types")]
    if summary.counts.failed > 0 { links.append(("failures", "Failures")) }
    links += [
      ("distribution", "Distance to the bound"), ("environment", "Environment"),
      ("verification", "How to verify"),
    ]
    page.element("nav", ["aria-label": "Sections"]) { nav in
      nav.element("ul") { list in
        for (id, title) in links {
          list.element("li") {
            $0.element("a", ["href": "#\(id)"]) {
              $0.escaped(title)
              guard id == "failures" else { return }
              $0.escaped(" ")
              $0.element("b", NumberText.grouped(summary.counts.failed))
            }
          }
        }
        list.element("li", ["hidden": "", "data-needs-script": ""]) {
          $0.element("a", ["href": "#cases"], "All cases")
        }
      }
    }
    page.newline()
  }
}
