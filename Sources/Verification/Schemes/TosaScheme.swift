import NumericFormats
import Tensors

/// TOSA's verification of dot products: largest error, error variance and bias over the tensor.
///
/// With `e` in units of `max(S·2^(−1−frac), normal_min)` and `ksb` from K: `|e| ≤ 2·ksb` for every
/// element, `Σe² ≤ 1.6·ksb·T` and `|Σe| ≤ √(10·1.6·ksb·T)` over T elements. The bias rule belongs to
/// data sets of both signs; here it applies where the goldens have both. K is the accumulation
/// height, so that a bias counts as one term of the sum. No limit where the bound overflows, zeros
/// only where S is zero. Sums of products in the floating-point types of that specification only.
/// Sources: arm/tosa-specification `chapters/introduction.adoc`; verifier `verify_dot_product.cc`
/// of its reference model.
enum TosaScheme {
  static let biasFactor = 10.0

  static func verdict(_ evidence: SchemeEvidence) -> SchemeVerdict {
    guard let format = evidence.type.floatFormat, isCompared(format), evidence.hasProducts,
      evidence.magnitude.count == evidence.observed.count
    else { return .notApplicable }
    let statistics = TosaStatistics(format: format, evidence: evidence)
    var (sum, squares) = (0.0, 0.0)
    for (position, (y, g)) in zip(evidence.observed, evidence.golden).enumerated() {
      guard let error = error(y, g, evidence.magnitude[position], statistics) else {
        return .rejects
      }
      sum += error
      squares += error * error
    }
    let total = statistics.varianceBound * Double(evidence.observed.count)
    let hasBothSigns =
      evidence.golden.contains { $0 < 0 } && evidence.golden.contains { $0 > 0 }
    let isUnbiased = !hasBothSigns || abs(sum) <= (biasFactor * total).squareRoot()
    return SchemeVerdict(accepts: squares <= total && isUnbiased)
  }

  static func isCompared(_ format: FloatFormat) -> Bool {
    [.f32, .f16, .bf16, .e4m3fn, .e5m2].contains(format)
  }

  /// The scaled error of one element, 0 where there is no limit; nil where it is too large.
  private static func error(
    _ y: Double, _ g: Double, _ magnitude: Double, _ statistics: TosaStatistics
  ) -> Double? {
    if g.isNaN { return y.isNaN ? 0 : nil }
    if statistics.overflows(magnitude) { return 0 }
    if magnitude == 0 { return y == 0 && g == 0 ? 0 : nil }
    let error = (y - g) / statistics.unit(magnitude)
    return abs(error) <= statistics.maximumBound ? error : nil
  }
}

/// What TOSA's limits are made of: fractions of output and accumulator, and ksb.
struct TosaStatistics {
  let format: FloatFormat
  /// `⌈K / 2^((frac_acc − frac_out)/2)⌉`, the exponent cut to an integer.
  let kernelSizeBound: Double

  init(format: FloatFormat, length: Int, accumulatorPrecision: Int?) {
    self.format = format
    let accumulator = accumulatorPrecision ?? max(FloatFormat.f32.precision, format.precision)
    let narrowing = max(0, (accumulator - format.precision) / 2)
    kernelSizeBound = (Double(length) / powerOfTwo(narrowing)).rounded(.up)
  }

  init(format: FloatFormat, evidence: SchemeEvidence) {
    self.init(
      format: format, length: evidence.length, accumulatorPrecision: evidence.accumulatorPrecision)
  }

  var maximumBound: Double { 2 * kernelSizeBound }
  var varianceBound: Double { 4 * 0.4 * kernelSizeBound }

  /// The unit in which errors of an element with this S are measured.
  func unit(_ magnitude: Double) -> Double {
    max(magnitude * powerOfTwo(-format.precision), format.smallestNormal)
  }

  /// Whether the largest legal result is beyond the type.
  func overflows(_ magnitude: Double) -> Bool {
    let largest = magnitude * (1 + maximumBound * powerOfTwo(-format.precision))
    return !format.round(largest).isFinite
  }
}
