import Spec
import Tensors

/// Turns what was counted on one tensor into findings: defects, texts, patterns and metrics.
struct ElementReport {
  /// What the elements were compared with.
  enum Accuracy {
    case real(RealElements)
    case exact([Tensor])
    /// Integers of classes Q and I, as binary64.
    case values(observed: [Double], golden: [Double])
  }

  private let comparison: TensorComparison
  private let tally: ElementTally
  private let accuracy: Accuracy
  /// The code of a wrong value; by default exact or bound, as the tally says.
  var valueCode: Verdict.FailureCode?
  var sample = ZSample(count: 0)
  var distributionMessage: String?
  var extraMetrics: [String: Double] = [:]

  init(_ comparison: TensorComparison, _ tally: ElementTally, accuracy: Accuracy) {
    self.comparison = comparison
    self.tally = tally
    self.accuracy = accuracy
  }

  func findings(
    boundText: (Int) -> String, derivation: (Int) -> [String]
  ) -> Findings {
    var findings = Findings()
    (findings.flushes, findings.type) = (tally.flushes, comparison.golden.type)
    var metrics = tally.metrics(output: comparison.name, elements: comparison.count)
    sample.record(in: &metrics)
    metrics.informative = extraMetrics
    let isWrong = tally.wrong > 0 || distributionMessage != nil
    if isWrong {
      explain(&findings, boundText, derivation)
    }
    let isExplained = isWrong && !comparison.context.isTerse
    if isExplained || comparison.context.recordsInformativeMetrics {
      metrics.informative.merge(informativeMetrics) { own, _ in own }
    }
    findings.metrics = metrics
    return findings
  }

  private func explain(
    _ findings: inout Findings, _ boundText: (Int) -> String, _ derivation: (Int) -> [String]
  ) {
    let observed = ElementTexts(comparison.observed)
    let position = tally.shownPosition
    if let first = tally.wrongClass.first {
      let text =
        "\(place(first)) is \(observed.text(at: first)), golden \(goldenText(first)); "
        + "\(share(tally.wrongClass.count)) of the wrong class"
      findings.defects.append(Defect(stage: .specials, code: .valueClass, message: text))
    }
    if !tally.wrongValue.isEmpty {
      let code = valueCode ?? (tally.missedExact ? .valueExact : .valueBound)
      findings.defects.append(
        Defect(stage: .elements, code: code, message: valueMessage(observed, code)))
    }
    if let distributionMessage {
      findings.defects.append(
        Defect(
          stage: .distribution, code: .valueDistribution,
          message: "\(comparison.name): \(distributionMessage)"))
    }
    guard comparison.count > 0, !comparison.context.isTerse else { return }
    findings.worst = worst(at: position, observed, boundText(position))
    findings.details = derivation(position) + patterns
  }

  private func valueMessage(_ observed: ElementTexts, _ code: Verdict.FailureCode) -> String {
    let position = tally.worstPosition
    if code == .valueBound, tally.worstRatio.isFinite {
      return "\(place(position)) is \(DecimalText.short(tally.worstRatio)) × its bound; "
        + "\(share(tally.wrongValue.count)) beyond"
    }
    return "\(place(position)) is \(observed.text(at: position)), golden "
      + "\(goldenText(position)); \(share(tally.wrongValue.count)) wrong"
  }

  /// The element's name, e.g. `y[2,17]` or `y[key "b"]`.
  private func place(_ position: Int) -> String {
    let label = label(position)
    return label.isEmpty ? comparison.name : comparison.name + "[" + label + "]"
  }

  /// The index of an element, or what it is called instead; empty for a scalar.
  private func label(_ position: Int) -> String {
    guard comparison.labels.isEmpty else { return comparison.labels[position] }
    let index = comparison.golden.shape.index(ofLinear: position)
    return index.map { String($0) }.joined(separator: ",")
  }

  private func share(_ wrong: Int) -> String {
    "\(wrong) of \(comparison.count) elements \(wrong == 1 ? "is" : "are")"
  }

  private func goldenText(_ position: Int) -> String {
    switch accuracy {
    case .real(let elements): DecimalText.both(elements.high[position])
    case .exact(let tensors):
      tensors.map { ElementTexts($0).text(at: position) }.joined(separator: " or ")
    case .values(_, let golden):
      comparison.golden.type.isFloat
        ? DecimalText.both(golden[position]) : DecimalText.integer(golden[position])
    }
  }

  private func worst(at position: Int, _ observed: ElementTexts, _ bound: String) -> WorstElement {
    let isWrongClass = tally.wrongClass.first == position
    let isLabelled = !comparison.labels.isEmpty
    return WorstElement(
      output: isLabelled ? place(position) : comparison.name,
      index: isLabelled ? [] : comparison.golden.shape.index(ofLinear: position),
      observed: observed.text(at: position), golden: goldenText(position), bound: bound,
      ratio: isWrongClass ? .infinity : tally.worstRatio,
      neighbours: neighbours(of: position).map {
        "\(label($0)): \(observed.text(at: $0)) | \(goldenText($0))"
      })
  }

  /// Up to four positions on either side in row-major order.
  private func neighbours(of position: Int) -> [Int] {
    (max(0, position - 4)...min(comparison.count - 1, position + 4)).filter { $0 != position }
  }

  // MARK: - Values for patterns and metrics

  /// Observed and golden values; nil for strings and complex numbers.
  private var values: (observed: [Double], golden: [Double])? {
    switch accuracy {
    case .real(let elements): return (elements.observed, elements.high)
    case .values(let observed, let golden): return (observed, golden)
    case .exact(let tensors):
      guard let expected = tensors.first, let observed = Self.reals(comparison.observed),
        let golden = Self.reals(expected)
      else { return nil }
      return (observed, golden)
    }
  }

  private static func reals(_ tensor: Tensor) -> [Double]? {
    tensor.doubles ?? tensor.integers.map { $0.map { Double($0) } }
  }

  private var patterns: [String] {
    guard let values else { return [] }
    let wrong = tally.wrong > 0 ? tally.wrongPositions : Array(0..<comparison.count)
    return FailurePattern(
      observed: values.observed, golden: values.golden, wrong: wrong,
      shape: comparison.golden.shape, format: comparison.golden.type.floatFormat,
      hasIndices: comparison.golden.columns.accuracyClass == .indices
    ).explanations
  }

  private var informativeMetrics: [String: Double] {
    SchemeEvidence(comparison.observed, comparison.golden, mode: comparison.mode)
      .flatMap(InformativeMetrics.init)?.all ?? [:]
  }
}
