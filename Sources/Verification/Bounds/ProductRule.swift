import NumericFormats
import Spec

/// Class P (numerics §6.5): `B = γ_h(u_c)·|g|`; a legal order may overflow or underflow where the
/// largest or smallest partial product leaves the range of the compute format.
struct ProductRule: BoundRule {
  private let side: ProductRange
  private let unitRoundoff: Double
  private let ulps: UlpScale
  private let greatest: Double
  private let smallestNormal: Double
  private let smallestStep: Double

  init(_ side: ProductRange, mode: NumericMode, precision: EffectivePrecision, ulps: UlpScale) {
    self.side = side
    self.ulps = ulps
    unitRoundoff = precision.compute
    greatest = precision.computeFormat.greatestFinite
    smallestNormal = precision.computeFormat.smallestNormal
    smallestStep =
      mode.subnormals == .preserve ? precision.computeFormat.smallestSubnormal / 2 : smallestNormal
  }

  private func height(at position: Int) -> Double {
    Double(max(0, side.height[side.height.count == 1 ? 0 : position]))
  }

  func bound(at position: Int, golden: Double) -> ElementBound {
    let h = height(at: position)
    if h == 0 { return ElementBound(inner: 0, total: 0) }
    let underflows = side.smallest[position] < smallestNormal
    let overflows = side.largest[position] > greatest
    var inner = golden == 0 ? 0 : roundedUp(gamma(h) * abs(golden))
    if underflows {
      // Each rounding below the smallest normal errs by λ, and later factors multiply it by at
      // most Pmax.
      inner = roundedUp(inner + roundedUp(h * smallestStep) * max(1, side.largest[position]))
    }
    return ElementBound(
      inner: inner, total: roundedUp(inner + 0.5 * ulps.ulp(of: abs(golden) + inner)),
      specials: underflows || overflows ? .all : [])
  }

  private func gamma(_ h: Double) -> Double {
    let product = roundedUp(h * unitRoundoff)
    return product < 1 ? roundedUp(product / (1 - product).nextDown) : .infinity
  }

  func derivation(at position: Int, golden: Double) -> [String] {
    let h = height(at: position)
    return [
      "bound: γ·|g| + ½ ulp, class product (numerics §6.5)",
      "h = \(Int(h)), γ = \(DecimalText.short(gamma(h))), largest partial product "
        + "\(DecimalText.short(side.largest[position])), smallest "
        + DecimalText.short(side.smallest[position]),
    ]
  }
}
