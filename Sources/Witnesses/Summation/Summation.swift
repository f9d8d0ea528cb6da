import CPUBackend

/// One way to compute sums and sums of products.
struct Summation: Sendable {
  var order: SummationOrder
  var accumulator = Accumulator()
  /// How partial sums are joined; nil: as they were accumulated.
  var joining: Accumulator?
  var factors = Factors.unchanged

  /// Σ terms; zero for none.
  func sum<Number: Real>(_ terms: [Number]) -> Number {
    let plan = SummationPlan(order, count: terms.count)
    if plan.isCompensated { return compensated(terms.count) { (terms[$0], 0) } }
    return total(plan) { accumulator.adding(terms[$1], to: $0) }
  }

  /// Σ a[k] · b[k]; zero for no terms. The factors are taken as they are.
  func dot<Number: Real>(
    _ a: [Number], _ b: [Number], _ plan: SummationPlan
  ) -> Number {
    if factors == .split, a.allSatisfy(\.isFinite), b.allSatisfy(\.isFinite) {
      return splitDot(ThreePieces(a), ThreePieces(b), plan)
    }
    return plainDot(a, b, plan)
  }

  private func plainDot<Number: Real>(
    _ a: [Number], _ b: [Number], _ plan: SummationPlan
  ) -> Number {
    guard plan.isCompensated else {
      return total(plan) { accumulator.addingProduct(a[$1], b[$1], to: $0) }
    }
    return compensated(a.count) { index in
      let product = a[index] * b[index]
      let error: Number = accumulator.fuses ? (-product).addingProduct(a[index], b[index]) : 0
      return (product, product.isFinite ? error : 0)
    }
  }

  /// Products of the pieces by their size: the small sums are joined first.
  private func splitDot<Number: Real>(
    _ a: ThreePieces<Number>, _ b: ThreePieces<Number>, _ plan: SummationPlan
  ) -> Number {
    let middle = plainDot(a.first, b.second, plan) + plainDot(a.second, b.first, plan)
    let small =
      plainDot(a.second, b.second, plan) + plainDot(a.first, b.third, plan)
      + plainDot(a.third, b.first, plan)
    return plainDot(a.first, b.first, plan) + (middle + small)
  }

  /// Runs the chains of a plan and joins them; `step` adds a term to a sum.
  @inline(__always)
  private func total<Number: Real>(
    _ plan: SummationPlan, _ step: (Number, Int) -> Number
  ) -> Number {
    var partial: [Number] = []
    partial.reserveCapacity(plan.chains.count)
    for chain in plan.chains {
      var sum: Number = 0
      for position in chain { sum = step(sum, position) }
      partial.append(sum)
    }
    let joining = joining ?? accumulator
    guard plan.joinsPairwise else {
      guard var sum = partial.first else { return 0 }
      for next in partial.dropFirst() { sum = joining.adding(next, to: sum) }
      return sum
    }
    while partial.count > 1 {
      partial = stride(from: 0, to: partial.count, by: 2).map { index in
        index + 1 < partial.count
          ? joining.adding(partial[index + 1], to: partial[index]) : partial[index]
      }
    }
    return partial.first ?? 0
  }

  /// Kahan's sum in Neumaier's form; `term` gives a value and the error it already has.
  @inline(__always)
  private func compensated<Number: Real>(
    _ count: Int, _ term: (Int) -> (value: Number, error: Number)
  ) -> Number {
    var (sum, correction): (Number, Number) = (0, 0)
    for index in 0..<count {
      let (value, error) = term(index)
      let next = sum + value
      let part = next - sum
      let lost = (sum - (next - part)) + (value - part)
      // An infinite or undefined sum has no correction.
      if next.isFinite { correction += lost + error }
      sum = next
    }
    return sum.isFinite ? sum + correction : sum
  }
}
