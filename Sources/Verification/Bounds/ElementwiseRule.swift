import Spec

/// Class E (numerics §6.3): `|y − g| ≤ ½·ulp_out(g) + k·ulp_c(g) + A(x)`.
struct ElementwiseRule: BoundRule {
  private let ulps: UlpScale
  private let computeUlps: UlpScale
  private let factor: Double
  /// u_c times the level's multiple, for the column that holds A/u_c at the standard level.
  private let absoluteUnit: Double
  private let absolute: [Float]
  private let range: ClosedRange<Double>?
  private let arguments: [Double]
  private let argumentLimit: Double
  private let level: NumericMode.ElementwiseLevel

  init(
    _ budget: ElementwiseBudget, context: JudgementContext, precision: EffectivePrecision,
    ulps: UlpScale
  ) {
    self.ulps = ulps
    computeUlps = precision.computeUlps
    level = context.mode.elementwiseLevel
    switch level {
    case .faithful: (factor, absoluteUnit) = (0.5, 0)
    case .standard: (factor, absoluteUnit) = (budget.ulps, precision.compute)
    case .fast: (factor, absoluteUnit) = (8 * budget.ulps, 8 * precision.compute)
    }
    absolute = budget.absolute
    range = budget.range
    arguments = context.trigonometricArguments
    argumentLimit = context.mode.trigonometricRange
  }

  @inline(__always)
  func bound(at position: Int, golden: Double) -> ElementBound {
    if isBeyondArgumentLimit(position) { return ElementBound(inner: 0, total: .infinity) }
    var inner = factor * computeUlps.ulp(of: golden)
    if !absolute.isEmpty { inner += roundedUp(Double(absolute[position]) * absoluteUnit) }
    inner = roundedUp(inner)
    return ElementBound(inner: inner, total: roundedUp(inner + 0.5 * ulps.ulp(of: golden)))
  }

  @inline(__always)
  func isOutOfRange(_ observed: Double) -> Bool {
    guard let range else { return false }
    return observed < range.lowerBound || observed > range.upperBound
  }

  /// Beyond the declared range of arguments only the range of the function is required.
  @inline(__always)
  private func isBeyondArgumentLimit(_ position: Int) -> Bool {
    position < arguments.count && abs(arguments[position]) > argumentLimit
  }

  func derivation(at position: Int, golden: Double) -> [String] {
    if isBeyondArgumentLimit(position) {
      return ["bound: only the function's range; the argument is beyond the declared range"]
    }
    let name =
      switch level {
      case .faithful: "L1"
      case .standard: "L2"
      case .fast: "L3"
      }
    var text = "bound: ½ ulp + \(DecimalText.short(factor)) ulp"
    if !absolute.isEmpty, absoluteUnit > 0 {
      text += " + \(DecimalText.short(Double(absolute[position]) * absoluteUnit))"
    }
    if computeUlps != ulps {
      text += " (the second ulp is that of \(computeUlps.precision) bits)"
    }
    var lines = [text + ", class elementwise \(name) (numerics §6.3)"]
    if let range { lines.append("range: \(range.lowerBound) … \(range.upperBound)") }
    return lines
  }
}
