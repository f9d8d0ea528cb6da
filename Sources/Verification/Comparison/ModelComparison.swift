import Spec

/// One output of a whole model beside its golden (numerics §6.10).
struct ModelComparison {
  private let elements: RealElements
  private let rule: ModelRule
  private let tokens: ModelDistribution?

  init(
    _ comparison: TensorComparison, _ column: RealColumn, _ side: Sensitivity, _ rule: TokenRule?
  ) throws(GoldenFault) {
    let elements = try RealElements(comparison, column)
    try side.check(count: comparison.count)
    let layout = try rule.map { (rule) throws(GoldenFault) in
      try TokenLayout(rule, shape: comparison.golden.shape)
    }
    let bounds = ModelRule(
      side, golden: column.high, layout: layout, precision: elements.precision,
      ulps: elements.ulps, format: elements.format)
    self.elements = elements
    self.rule = bounds
    guard let rule, let layout else {
      tokens = nil
      return
    }
    tokens = ModelDistribution(
      rule: rule, layout: layout, shape: comparison.golden.shape, golden: column.high,
      observed: elements.observed,
      sigmas: column.high.indices.map { bounds.bound(at: $0, golden: column.high[$0]).sigma })
  }

  func findings() -> Findings {
    BoundedComparison(elements, rule: rule, judgesDistribution: true, tokens: tokens).findings()
  }

  /// How far an element of a correct implementation may be off.
  func limit(at position: Int) -> Double {
    rule.bound(at: position, golden: elements.high[position]).total
  }
}
