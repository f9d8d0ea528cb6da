import Spec

/// The constants of class C's bound; start values (numerics §11).
package enum CompositeLimit {
  /// k: the relative term in units of the compute format.
  package static let relativeUnits = 4.0
  /// How many σ_mc an element may be off.
  package static let deviations = 8.0
}

/// Class C (numerics §6.6): `|e| ≤ ½ulp_out + 8σ_mc + k·max(u_c·|g|, λ_c)` with the measured
/// sensitivities.
///
/// A rounded step is `x·(1 + δ) + η` with |δ| ≤ u_c and |η| ≤ λ_c, half the smallest subnormal of
/// the compute format; sensitivities are measured with δ alone. Flushing has goldens of its own.
struct CompositeRule: BoundRule {
  /// A column with the square of its unit round-off; only columns that count are kept.
  private struct Source {
    let name: String
    let column: [Double]
    let variance: Double
  }

  private let sources: [Source]
  /// σ_mc² per element, summed once over the sources.
  private let variances: [Double]
  private let relative: Double
  /// k·λ_c.
  private let underflow: Double
  private let ulps: UlpScale

  init(_ side: Sensitivity, count: Int, precision: EffectivePrecision, ulps: UlpScale) {
    self.ulps = ulps
    underflow = CompositeLimit.relativeUnits * (precision.computeFormat.smallestSubnormal / 2)
    relative = CompositeLimit.relativeUnits * precision.compute
    let accumulate = precision.levels.reduce(0) { $0 + $1.unitRoundoff * $1.unitRoundoff }
    let block = Double(precision.accumulateBlock)
    let hasBias = precision.accumulatorTruncates && !side.truncation.isEmpty
    // Without a measured bias truncation counts as noise of twice the size.
    let truncation = precision.accumulatorTruncates && !hasBias ? 4.0 : 1.0
    sources = [
      Source(name: "c", column: side.compute, variance: precision.compute * precision.compute),
      Source(name: "a", column: side.accumulate, variance: accumulate * truncation),
      Source(
        name: "t", column: side.truncation,
        variance: hasBias ? accumulate / (block * block) : 0),
      Source(name: "s", column: side.storage, variance: precision.storage * precision.storage),
      Source(name: "i", column: side.input, variance: precision.factor * precision.factor),
    ].filter { !$0.column.isEmpty && $0.variance > 0 }
    var variances = [Double](repeating: 0, count: count)
    for source in sources {
      for (position, value) in source.column.prefix(count).enumerated() {
        variances[position] += source.variance * value * value
      }
    }
    self.variances = variances
  }

  @inline(__always)
  func bound(at position: Int, golden: Double) -> ElementBound {
    let variance = variances[position]
    let unit = ulps.ulp(of: golden)
    let spread = roundedUp(CompositeLimit.deviations * roundedUp(variance.squareRoot()))
    let inner = roundedUp(spread + max(roundedUp(relative * abs(golden)), underflow))
    let total = roundedUp(inner + 0.5 * ulps.ulp(of: abs(golden) + inner))
    return ElementBound(
      inner: inner, total: total,
      sigma: max((variance + unit * unit / 12).squareRoot(), 0.288_675_134 * unit))
  }

  func derivation(at position: Int, golden: Double) -> [String] {
    let short = DecimalText.short
    let parts = sources.map { "ς_\($0.name) = \(short($0.column[position]))" }
    return [
      "bound: ½ ulp + 8σ + 4u·|g|, class composite (numerics §6.6)",
      (["σ = \(short(variances[position].squareRoot()))"] + parts).joined(separator: ", "),
    ]
  }
}
