import NumericFormats
import Spec

/// Class D (numerics §6.4): a sum or dot product in any order, with or without FMA.
///
/// The hard bound is N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., §3.1,
/// summed over the levels of the accumulator.
struct AccumulatedRule: BoundRule {
  /// What depends on the accumulation height only.
  private struct HeightTerms {
    /// `(Σγ + 2u_in + u_in²)·(1 + 2^-10)`, infinite when some h·u ≥ 1.
    var factor: Double
    var gamma: Double
    /// h·λ: what gradual underflow or flushing may add.
    var underflow: Double
    /// Under RZ, R/2: makes the limits 2 and 8 of the distribution stand for R and 4R.
    var sigmaScale: Double
    var isEmptySum: Bool
  }

  private let side: Accumulation
  private let precision: EffectivePrecision
  private let ulps: UlpScale
  private let input: Double
  private let inputBias: Double
  /// `Σ u_i²/3` and `2u_in²/3`.
  private let accumulatorVariance: Double
  private let inputVariance: Double
  private let smallestStep: Double
  private let accumulatorLimit: Double
  /// Whether terms lose bits when they enter the accumulator: one rounding more on every path.
  /// Products are rounded into it by the multiplication, which the height counts.
  private let roundsTerms: Bool
  private var constantTerms: HeightTerms?

  init(
    _ side: Accumulation, mode: NumericMode, precision: EffectivePrecision, ulps: UlpScale
  ) {
    self.side = side
    self.precision = precision
    self.ulps = ulps
    input = side.hasProducts ? precision.input : 0
    inputBias = precision.inputTruncates ? input * input : 0
    inputVariance = 2 * input * input / 3
    accumulatorVariance = precision.levels.reduce(0) { $0 + $1.unitRoundoff * $1.unitRoundoff / 3 }
    smallestStep =
      precision.levels.map {
        mode.subnormals == .preserve ? $0.range.smallestSubnormal / 2 : $0.range.smallestNormal
      }.max() ?? 0
    // A mean overflows where its sum does.
    accumulatorLimit =
      (precision.levels.map(\.range.greatestFinite).min() ?? .infinity) / Double(side.divisor)
    roundsTerms =
      !side.hasProducts && (precision.levels.first?.unitRoundoff ?? 0) > ulps.unitRoundoff
    if side.height.count == 1 { constantTerms = terms(height: Int(side.height[0])) }
  }

  var honoursExactTwin: Bool {
    guard let bits = side.exactBits else { return true }
    return precision.levels.allSatisfy { $0.unitRoundoff <= powerOfTwo(-bits) }
  }

  private func terms(height additions: Int) -> HeightTerms {
    let height = max(0, additions) + (roundsTerms ? 1 : 0)
    let gamma = gammaSum(height: height)
    let inputs = input == 0 ? 0 : roundedUp(2 * input + input * input)
    let h = Double(max(0, height))
    var scale = 1.0
    if precision.accumulatorTruncates {
      scale = max(2, 1 + (3 * h).squareRoot() / Double(precision.accumulateBlock)) / 2
    }
    return HeightTerms(
      factor: roundedUp(roundedUp(gamma + inputs) * (1 + 0x1p-10)), gamma: gamma,
      underflow: roundedUp(h * smallestStep), sigmaScale: scale, isEmptySum: height <= 0)
  }

  /// `Σ_i γ_{h_i}(u_i)` with `h_1 = block_1`, `h_2 = ⌈h/block_1⌉`, …
  private func gammaSum(height: Int) -> Double {
    var sum = 0.0
    var rest = max(0, height)
    for level in precision.levels {
      let block = level.block.map { max(1, $0) }
      let steps = Double(min(rest, block ?? rest))
      let u = precision.accumulatorTruncates ? 2 * level.unitRoundoff : level.unitRoundoff
      let product = roundedUp(steps * u)
      guard product < 1 else { return .infinity }
      sum = roundedUp(sum + roundedUp(product / (1 - product).nextDown))
      guard let block else { break }
      rest = (rest + block - 1) / block
    }
    return sum
  }

  @inline(__always)
  func bound(at position: Int, golden: Double) -> ElementBound {
    let terms = constantTerms ?? self.terms(height: Int(side.height[position]))
    let magnitude = side.magnitude[position]
    if terms.isEmptySum || (roundsTerms && magnitude == 0) {
      return ElementBound(inner: 0, total: 0)
    }
    let inner = hardBound(terms, magnitude)
    let total = roundedUp(inner + 0.5 * ulps.ulp(of: abs(golden) + inner))
    return ElementBound(
      // No partial sum exceeds S by more than its own rounding, whatever γ says.
      inner: inner.isFinite ? inner : 2 * magnitude, total: inner.isFinite ? total : .infinity,
      sigma: sigma(at: position, golden: golden) * terms.sigmaScale,
      specials: magnitude > accumulatorLimit ? specials(golden, magnitude, inner) : [])
  }

  /// S3: the terms of one sign add up to (S ± g)/2, and no partial sum lies beyond that by more
  /// than its own rounding; compensation makes NaN of an infinity.
  private func specials(_ golden: Double, _ magnitude: Double, _ inner: Double) -> LegalSpecials {
    let slack = inner.isFinite ? inner : magnitude
    // Halved first: twice the largest float64 is no float64.
    let (half, shift) = (magnitude / 2, golden / 2)
    var specials: LegalSpecials = .nan
    if half + shift + slack > accumulatorLimit { specials.insert(.positiveInfinity) }
    if half - shift + slack > accumulatorLimit { specials.insert(.negativeInfinity) }
    return specials
  }

  @inline(__always)
  private func hardBound(_ terms: HeightTerms, _ magnitude: Double) -> Double {
    // 2^-100·S is the oracle's own error, which matters for float64 outputs only (numerics §4.3).
    let sum = magnitude == 0 ? 0 : roundedUp(terms.factor * magnitude)
    return roundedUp(roundedUp(sum + terms.underflow) + magnitude * 0x1p-100)
  }

  @inline(__always)
  private func sigma(at position: Int, golden: Double) -> Double {
    let unit = ulps.ulp(of: golden)
    let products = side.productEnergy[position]
    let paths = side.pathEnergy[position]
    var variance = unit * unit / 12 + accumulatorVariance * (paths + products)
    variance += inputVariance * products + inputBias * golden * golden
    // 1/√12; the square of a tiny ulp may underflow, the ulp itself does not.
    return max(variance.squareRoot(), 0.288_675_134 * unit)
  }

  func derivation(at position: Int, golden: Double) -> [String] {
    let height = Int(side.height[side.height.count == 1 ? 0 : position])
    let terms = constantTerms ?? self.terms(height: height)
    if terms.isEmptySum { return ["bound: exact, the sum is empty (numerics §6.4)"] }
    let short = DecimalText.short
    let magnitude = side.magnitude[position]
    let unit = 0.5 * ulps.ulp(of: golden)
    return [
      "bound: (γ + 2u_in)·S + h·λ + ½ ulp, class accumulated (numerics §6.4)",
      "S = \(short(magnitude)), h = \(height), γ = \(short(terms.gamma)), "
        + "u_in = \(short(input)), ½ ulp = \(short(unit)), "
        + "σ = \(short(sigma(at: position, golden: golden)))",
    ]
  }
}
