import Glibc
import Verification

extension HTMLReport {
  /// The histogram of error over bound, the same numbers as a table, and the nearest passes.
  static func distribution(_ summary: RunSummary, _ page: inout HTMLMarkup) {
    let histogram = RatioHistogram(summary.entries)
    page.section("distribution", "Distance to the bound") { section in
      section.element(
        "p", ["class": "note"],
        "The largest error of each case over its derived bound; 1 is the limit. "
          + "\(NumberText.grouped(histogram.measured)) cases measured, "
          + "\(NumberText.grouped(histogram.unmeasured)) without a measured error.")
      guard histogram.measured > 0 else { return }
      section.scrolling("Histogram of error over bound") { HistogramPlot(histogram).draw(&$0) }
      section.element("details") {
        $0.element("summary", "The histogram as a table")
        binTable(histogram, &$0)
      }
      section.newline()
      closestTable(histogram.closest, &section)
      otherRules(summary.entries, &section)
    }
  }

  private static func binTable(_ histogram: RatioHistogram, _ page: inout HTMLMarkup) {
    page.scrolling("Histogram as a table") {
      $0.element("table") { table in
        table.element("caption", ["class": "hidden"], "Cases by error over bound")
        table.columnHeaders(["error over bound", "cases"])
        table.element("tbody") { body in
          for bin in histogram.bins {
            body.element("tr") {
              $0.element("th", ["scope": "row"], bin.label)
              $0.element("td", NumberText.grouped(bin.cases))
            }
          }
        }
      }
    }
  }

  private static func closestTable(_ entries: [Entry], _ page: inout HTMLMarkup) {
    guard !entries.isEmpty else { return }
    page.scrolling("Passing cases nearest to their bound") {
      $0.element("table") { table in
        table.element("caption", "Passing cases nearest to their bound")
        table.columnHeaders(["case", "error over bound", "largest error in ulp", "class"])
        table.element("tbody") { body in
          for entry in entries {
            let ulp = entry.record.metrics.map(\.maximumUlp).max()
            body.element("tr") {
              $0.element("th", ["scope": "row", "class": "mono"], short(entry.record.caseID))
              $0.element("td", DecimalText.short(entry.worstRatio ?? 0))
              $0.element("td", ulp.map { DecimalText.short($0) } ?? "–")
              $0.element("td", short(entry.record.accuracyClass))
            }
          }
        }
      }
    }
  }
}

/// The histogram as a drawing; its numbers are in the table beside it.
private struct HistogramPlot {
  private static let step = 32
  private static let left = 46
  private static let top = 34
  private static let height = 170

  private let histogram: RatioHistogram
  private let peak: Int

  init(_ histogram: RatioHistogram) {
    self.histogram = histogram
    peak = max(1, histogram.bins.map(\.cases).max() ?? 1)
  }

  private var right: Int { Self.left + histogram.bins.count * Self.step }
  private var floor: Int { Self.top + Self.height }

  func draw(_ page: inout HTMLMarkup) {
    let size = "0 0 \(right + 12) \(floor + 44)"
    page.element(
      "svg",
      ["class": "plot", "viewBox": size, "role": "img", "aria-labelledby": "plot-title plot-text"]
    ) {
      $0.element("title", ["id": "plot-title"], "Cases by error over bound")
      $0.element("desc", ["id": "plot-text"], summaryText)
      grid(&$0)
      for (index, bin) in histogram.bins.enumerated() { bar(index, bin, &$0) }
      limit(&$0)
      $0.element(
        "text", ["x": "\((Self.left + right) / 2)", "y": "\(floor + 38)", "text-anchor": "middle"],
        "error over bound, powers of two · height: cases, logarithmic")
    }
  }

  private var summaryText: String {
    let beyond = histogram.bins.filter(\.isBeyond).reduce(0) { $0 + $1.cases }
    return "\(histogram.measured) cases: \(histogram.measured - beyond) within their bound, "
      + "\(beyond) beyond. The table below has every bar."
  }

  /// Lines at 1, 10, 100 … cases.
  private func grid(_ page: inout HTMLMarkup) {
    var count = 1
    while count <= peak {
      let y = floor - barHeight(count)
      line("grid", Self.left, y, right, y, &page)
      page.element(
        "text", ["x": "\(Self.left - 6)", "y": "\(y + 4)", "text-anchor": "end"],
        NumberText.grouped(count))
      guard count <= Int.max / 10 else { break }
      count *= 10
    }
    line("axis", Self.left, floor, right, floor, &page)
  }

  private func bar(_ index: Int, _ bin: RatioHistogram.Bin, _ page: inout HTMLMarkup) {
    let x = Self.left + index * Self.step
    let height = barHeight(bin.cases)
    if bin.cases > 0 {
      page.element(
        "rect",
        [
          "class": bin.isBeyond ? "out" : "in", "x": "\(x + 3)", "y": "\(floor - height)",
          "width": "\(Self.step - 6)", "height": "\(height)",
        ], "")
      page.element(
        "text",
        [
          "class": "count", "x": "\(x + Self.step / 2)", "y": "\(floor - height - 5)",
          "text-anchor": "middle",
        ], NumberText.grouped(bin.cases))
    }
    guard let mark = bin.mark else { return }
    // A power of two is the right edge of its bin; the others name the whole bin.
    let isEdge = mark.hasPrefix("2")
    page.element(
      "text",
      [
        "x": "\(x + (isEdge ? Self.step : Self.step / 2))", "y": "\(floor + 16)",
        "text-anchor": "middle",
      ], isEdge && mark == "2⁰" ? "1" : mark)
  }

  private func limit(_ page: inout HTMLMarkup) {
    let inside = histogram.bins.prefix { !$0.isBeyond }.count
    let x = Self.left + inside * Self.step
    line("limit", x, Self.top - 16, x, floor, &page)
    page.element(
      "text", ["class": "limit-name", "x": "\(x + 6)", "y": "\(Self.top - 8)"], "beyond the bound")
    page.element(
      "text",
      ["class": "limit-name", "x": "\(x - 6)", "y": "\(Self.top - 8)", "text-anchor": "end"],
      "within the bound")
  }

  private func line(
    _ name: String, _ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ page: inout HTMLMarkup
  ) {
    page.element(
      "line", ["class": name, "x1": "\(x1)", "y1": "\(y1)", "x2": "\(x2)", "y2": "\(y2)"], "")
  }

  /// Logarithmic, so that one failure among thousands of passes is visible.
  private func barHeight(_ count: Int) -> Int {
    Int(Double(Self.height - 20) * log2(1 + Double(count)) / log2(1 + Double(peak)))
  }
}
