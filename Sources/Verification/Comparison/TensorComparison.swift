import Spec
import Tensors

/// One observed tensor beside its golden; type and shape are already known to be equal.
struct TensorComparison {
  /// The output's name, with the way into a sequence, optional or map, e.g. `y[2]`.
  let name: String
  let observed: Tensor
  let golden: GoldenTensor
  let context: JudgementContext
  /// What elements are called in place of their indices, e.g. `key "b"`; empty for tensors.
  var labels: [String] = []

  var mode: NumericMode { context.mode }
  var count: Int { observed.count }

  /// Judges by the class of the golden's columns.
  func findings() throws(GoldenFault) -> Findings {
    try GoldenFault.check("undefined", golden.undefined.count, count, orEmpty: true)
    if let shortage = golden.required.shortage(in: mode) {
      return Findings(undecided: "\(name) is not judged in the mode \(mode.name): \(shortage)")
    }
    switch golden.columns {
    case .exact(let expected): return try ExactComparison(self).findings([expected])
    case .oneOf(let expected): return try ExactComparison(self).findings(expected)
    case .rounded(let column): return try RoundedComparison(self, column).findings()
    case .elementwise(let column, let budget): return try elementwise(column, budget)
    case .accumulated(let column, let side): return try accumulated(column, side)
    case .product(let column, let side): return try product(column, side)
    case .composite(let column, let side): return try composite(column, side)
    case .model(let column, let side, let rule):
      return try ModelComparison(self, column, side, rule).findings()
    case .quantised(let column): return try QuantisedComparison(self, column).findings()
    case .selection(let column): return try SelectionComparison(self, column).findings()
    case .random(let distribution):
      return try RandomComparison(self, distribution).findings()
    }
  }

  private func elementwise(
    _ column: RealColumn, _ budget: ElementwiseBudget
  ) throws(GoldenFault) -> Findings {
    let elements = try RealElements(self, column)
    try GoldenFault.check("absolute", budget.absolute.count, count, orEmpty: true)
    let rule = ElementwiseRule(
      budget, context: context, precision: elements.precision, ulps: elements.ulps)
    return BoundedComparison(elements, rule: rule).findings()
  }

  private func accumulated(
    _ column: RealColumn, _ side: Accumulation
  ) throws(GoldenFault) -> Findings {
    let elements = try RealElements(self, column)
    try GoldenFault.check("magnitude", side.magnitude.count, count)
    try GoldenFault.check("productEnergy", side.productEnergy.count, count)
    try GoldenFault.check("pathEnergy", side.pathEnergy.count, count)
    try GoldenFault.check("height", side.height.count, count, orOne: true)
    let rule = AccumulatedRule(
      side, mode: mode, precision: elements.precision, ulps: elements.ulps)
    return BoundedComparison(
      elements, rule: rule, judgesDistribution: true, honoursExactTwin: true
    ).findings()
  }

  private func product(_ column: RealColumn, _ side: ProductRange) throws(GoldenFault) -> Findings {
    let elements = try RealElements(self, column)
    try GoldenFault.check("largest", side.largest.count, count)
    try GoldenFault.check("smallest", side.smallest.count, count)
    try GoldenFault.check("height", side.height.count, count, orOne: true)
    let rule = ProductRule(side, mode: mode, precision: elements.precision, ulps: elements.ulps)
    return BoundedComparison(elements, rule: rule).findings()
  }

  private func composite(_ column: RealColumn, _ side: Sensitivity) throws(GoldenFault) -> Findings
  {
    let elements = try RealElements(self, column)
    try side.check(count: count)
    let rule = CompositeRule(
      side, count: count, precision: elements.precision, ulps: elements.ulps)
    return BoundedComparison(
      elements, rule: rule, judgesDistribution: true, honoursExactTwin: true
    ).findings()
  }
}

extension Sensitivity {
  /// Refuses columns that neither fit the elements nor are left out.
  func check(count: Int) throws(GoldenFault) {
    try GoldenFault.check("compute", compute.count, count, orEmpty: true)
    try GoldenFault.check("accumulate", accumulate.count, count, orEmpty: true)
    try GoldenFault.check("storage", storage.count, count, orEmpty: true)
    try GoldenFault.check("input", input.count, count, orEmpty: true)
    try GoldenFault.check("truncation", truncation.count, count, orEmpty: true)
  }
}
