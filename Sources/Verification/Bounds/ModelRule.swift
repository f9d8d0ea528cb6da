import NumericFormats
import Spec

/// Class M (numerics §6.10): the composite limit for each element, with σ pooled over its token.
///
/// An edge of a graph is a value of a type, so that each intermediate may be rounded to it in every
/// mode, also in those whose composites keep intermediates in the compute format.
struct ModelRule: BoundRule {
  private let composite: CompositeRule
  /// σ_t by element; empty for a tap, whose elements stand for themselves.
  private let pooled: [Double]

  init(
    _ side: Sensitivity, golden: [Double], layout: TokenLayout?, precision: EffectivePrecision,
    ulps: UlpScale, format: FloatFormat
  ) {
    let composite = CompositeRule(
      side, count: golden.count, precision: precision.withEdges(of: format), ulps: ulps)
    self.composite = composite
    guard let layout else {
      pooled = []
      return
    }
    let sigmas = golden.indices.map { composite.bound(at: $0, golden: golden[$0]).sigma }
    let tokens = layout.rootMeanSquares(
      zip(sigmas, golden).map { $1.isFinite ? $0 : .nan })
    pooled = layout.tokens.map { tokens[$0] }
  }

  func bound(at position: Int, golden: Double) -> ElementBound {
    var bound = composite.bound(at: position, golden: golden)
    if !pooled.isEmpty { bound.sigma = pooled[position] }
    return bound
  }

  func derivation(at position: Int, golden: Double) -> [String] {
    let lines = composite.derivation(at: position, golden: golden)
    let text = "bound: ½ ulp + 8σ + 4u·|g|, class model, every edge rounded to its type"
    let token = pooled.isEmpty ? "" : ", σ of its token \(DecimalText.short(pooled[position]))"
    return ["\(text) (numerics §6.10)"] + lines.dropFirst().map { $0 + token }
  }
}
