package import Verification

/// The informative metrics of a case and what other suites' rules make of it, as lines of text.
package struct MetricsTable {
  private static let nameWidth = 21
  private static let valueWidth = 16

  /// Without line feeds; empty where nothing was recorded.
  package let lines: [String]

  package init(_ metrics: [OutputMetrics], schemes: [String: SchemeVerdict]) {
    let tables = metrics.flatMap(Self.table)
    let rules = schemes.isEmpty ? [] : Self.rules(schemes)
    lines =
      tables.isEmpty && rules.isEmpty
      ? [] : ["informative, never part of the verdict:"] + (tables + rules).map { "  " + $0 }
  }

  private static func table(_ metrics: OutputMetrics) -> [String] {
    let known = MetricDefinition.all.compactMap { definition in
      metrics.informative[definition.name].map { value in
        row(
          definition.name, text(value, of: definition.name),
          "\(definition.meaning) (\(definition.source))")
      }
    }
    guard !known.isEmpty else { return [] }
    var lines = ["\(ForeignText.oneLine(metrics.output)):"]
    lines.append(row("hard ratio", DecimalText.short(metrics.worstRatio), "max |e|/bound (Assay)"))
    if let z = metrics.distribution {
      lines.append(row("z.rms", DecimalText.short(z.rootMeanSquare), "√mean z², limit 2 (Assay)"))
      lines.append(row("z.mean", DecimalText.short(z.mean), "mean z (Assay)"))
      lines.append(
        row("z.maximum", DecimalText.short(z.maximum), "max |z|, limit 12, composites 8 (Assay)"))
    }
    return lines + known
  }

  private static func rules(_ schemes: [String: SchemeVerdict]) -> [String] {
    let rows = Scheme.all.compactMap { scheme in
      schemes[scheme.name].map { row(scheme.title, OtherRules.word($0), scheme.source) }
    }
    return ["other rules:"] + rows
  }

  /// The text of a metric; a cosine needs more digits than three.
  static func text(_ value: Double, of name: String) -> String {
    name == "cosine" ? DecimalText.cut(value) : DecimalText.short(value)
  }

  private static func row(_ name: String, _ value: String, _ meaning: String) -> String {
    func padded(_ text: String, to width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    return "  " + padded(name, to: nameWidth) + padded(value, to: valueWidth) + meaning
  }
}
