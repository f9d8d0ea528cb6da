import Glibc
import Testing
import Verification

@testable import Reports

@Suite("HTML report")
struct HTMLReportTests {
  private func page(_ summary: RunSummary) throws -> String {
    try #require(HTMLReport.page(summary))
  }

  @Test("A script tag as device name, message or id is text")
  func scriptTag() throws {
    let attack = "</title></script><script>alert('x')</script><img src=x onerror=alert(1)>"
    var record = SampleRun.tail
    record.caseID = attack
    record.operatorName = attack
    record.types = attack
    record.domain = attack
    record.message = attack
    record.intent = attack
    record.details = [attack]
    record.standardError = attack
    let text = try page(try SampleRun.summary([record], device: attack))
    #expect(!text.contains("<script>alert"))
    #expect(!text.contains("<img"))
    #expect(text.contains("&lt;script&gt;alert(&#39;x&#39;)"))
    // One for the list of cases, one for the script: the attack added none.
    #expect(text.split(separator: "<script", omittingEmptySubsequences: false).count == 3)
  }

  @Test("Letters beyond ASCII stand in the list of cases as they are, line separators escaped")
  func otherLetters() throws {
    // UTF-8 of these letters ends in the bytes that U+2028 and U+2029 end in.
    for name in ["mod\u{E8}le", "\u{E8}\u{E9}", "\u{728}\u{2229}"] {
      var record = SampleRun.tail
      record.caseID = "onnx/Add-14/f32/\(name)#000"
      #expect(try page(try SampleRun.summary([record])).contains("\"\(name)#000\""))
    }
    var record = SampleRun.tail
    record.caseID = "onnx/Add-14/f32/a\u{2028}b#000"
    let text = try page(try SampleRun.summary([record]))
    #expect(!text.contains("\u{2028}"))
  }

  @Test("The security policy names the digests of exactly the style and script it contains")
  func policy() throws {
    let text = try page(try SampleRun.summary())
    func content(_ open: String, _ close: String) throws -> String {
      let start = try #require(text.split(separator: open, maxSplits: 1).last)
      return String(try #require(start.split(separator: close, maxSplits: 1).first))
    }
    let style = try content("<style>", "</style>")
    let script = try content("<script>", "</script>")
    let styleDigest = try #require(ContentDigest.source(of: style))
    let scriptDigest = try #require(ContentDigest.source(of: script))
    #expect(
      text.contains(
        "content=\"default-src &#39;none&#39;; style-src &#39;\(styleDigest)&#39;; "
          + "script-src &#39;\(scriptDigest)&#39;; img-src data:; base-uri &#39;none&#39;; "
          + "form-action &#39;none&#39;\""))
  }

  @Test("SHA-256 of the empty text and of abc as the standard gives them")
  func digests() {
    // FIPS 180-4 example "abc"; base 64 by hand of ba7816bf… and of e3b0c442….
    #expect(
      ContentDigest.source(of: "abc") == "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    #expect(
      ContentDigest.source(of: "") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
  }

  @Test("The page fetches nothing and carries no inline handler or style attribute")
  func selfContained() throws {
    let text = try page(try LargeRun.summary(cases: 500))
    for forbidden in [
      " src=", "http:", "https:", "url(", "@import", " style=", " onclick=", "innerHTML",
    ] {
      #expect(!text.contains(forbidden), "\(forbidden)")
    }
  }

  @Test("Equal summaries give equal bytes, in whatever order the records came")
  func identical() throws {
    let records = SampleRun.records
    let first = try page(try SampleRun.summary(records, mandatory: SampleRun.mandatory))
    let second = try page(try SampleRun.summary(records.shuffled(), mandatory: SampleRun.mandatory))
    #expect(first == second)
  }

  @Test("The size budget holds for twenty thousand cases", arguments: [2, 40, 100_000])
  func budget(_ failureInterval: Int) throws {
    let text = try page(try LargeRun.summary(cases: 20_000, failureInterval: failureInterval))
    #expect(text.utf8.count <= 3_000_000)
  }

  @Test("Failures beyond the cards are counted, not forgotten")
  func cardLimit() throws {
    let summary = try LargeRun.summary(cases: 4000, failureInterval: 3)
    let text = try page(summary)
    let cards = text.split(separator: "<details class=\"card\"").count - 1
    #expect(cards == HTMLReport.cardLimit)
    #expect(text.contains("\(NumberText.grouped(summary.counts.failed - cards)) more failures"))
  }

  @Test("Every link inside the page leads somewhere, and every id is unique")
  func links() throws {
    let text = try page(try LargeRun.summary(cases: 2000))
    func values(_ attribute: String) -> [Substring] {
      text.split(separator: " \(attribute)=\"").dropFirst().compactMap {
        $0.split(separator: "\"").first
      }
    }
    let ids = values("id")
    #expect(Set(ids).count == ids.count)
    let targets = Set(ids.map { "#\($0)" })
    for link in Set(values("href")) { #expect(targets.contains(String(link)), "\(link)") }
  }

  @Test("The verdict stands in words, with integer denominators")
  func words() throws {
    let text = try page(
      try SampleRun.summary([SampleRun.tail, SampleRun.records[2]], mandatory: SampleRun.mandatory))
    #expect(text.contains("</span>FAIL</p>"))
    #expect(text.contains("1 of 2 mandatory cases passed."))
    #expect(text.contains("<td>1 / 2</td>"))
    #expect(!text.contains("%<"))
  }

  @Test("An empty run and a run without failures are pages too")
  func extremes() throws {
    #expect(try page(try SampleRun.summary([])).contains("NOTHING RUN"))
    let green = try page(try SampleRun.summary([SampleRun.records[2]]))
    #expect(green.contains("</span>PASS</p>"))
    #expect(!green.contains("id=\"failures\""))
  }

  @Test("Ratios fall into the bin whose upper edge they reach")
  func bins() {
    let histogram = RatioHistogram([])
    func label(_ ratio: Double) -> String {
      histogram.bins[RatioHistogram.position(of: ratio)].label
    }
    #expect(label(0) == "exactly 0")
    #expect(label(1) == "up to 2⁰")
    #expect(label(1.0.nextUp) == "up to 2¹")
    #expect(label(0.5) == "up to 2⁻¹")
    #expect(label(.leastNonzeroMagnitude) == "up to 2⁻¹²")
    #expect(label(4096) == "up to 2¹²")
    #expect(label(1e300) == "more than 2¹²")
    #expect(label(.infinity) == "wrong class or exact value")
    #expect(label(.nan) == "wrong class or exact value")
    #expect(histogram.bins.filter { !$0.isBeyond }.last?.label == "up to 2⁰")
  }

  @Test(
    "A page is written for a look in a browser when a path asks for it",
    .enabled(if: getenv("ASSAY_SAMPLE_PAGE") != nil))
  func samplePage() throws {
    let path = try #require(getenv("ASSAY_SAMPLE_PAGE").map { String(cString: $0) })
    try HTMLReport.write(try LargeRun.summary(cases: 7541, failureInterval: 160), to: path)
  }
}
