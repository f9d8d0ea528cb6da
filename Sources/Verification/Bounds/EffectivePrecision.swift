import NumericFormats
import Spec

/// What a numeric mode means for outputs of one format: unit round-offs and ranges (numerics §3).
struct EffectivePrecision: Hashable, Sendable {
  /// One level of the accumulator: u, and the terms after which the next level takes over.
  struct Level: Hashable, Sendable {
    let unitRoundoff: Double
    let block: Int?
    let range: FloatFormat
  }

  /// u_in of products' inputs, doubled under RZ; 0 when inputs keep the type's own precision.
  let input: Double
  /// The same for products inside of a composite: their factors may be intermediate values, which
  /// have the compute precision however narrow the type is.
  let factor: Double
  let inputTruncates: Bool
  /// u_c of elementwise and composite steps, and the format whose range such steps have.
  let compute: Double
  let computeFormat: FloatFormat
  /// The spacing of the compute precision.
  let computeUlps: UlpScale
  /// u_s of materialised intermediates; 0 when fused.
  private(set) var storage: Double
  let levels: [Level]
  let accumulatorTruncates: Bool
  let accumulateBlock: Int

  init(_ mode: NumericMode, output: FloatFormat) {
    let own = output.precision > 24 ? 53 : 24
    inputTruncates = mode.inputRounding == .towardZero
    // Inputs of at most p_in bits are not rounded at all.
    let narrowed = mode.inputPrecision.map { $0 < output.precision ? unit($0) : 0 } ?? 0
    input = inputTruncates ? 2 * narrowed : narrowed
    let computePrecision = mode.computePrecision ?? own
    let narrowedFactor = mode.inputPrecision.map { $0 < computePrecision ? unit($0) : 0 } ?? 0
    factor = max(input, inputTruncates ? 2 * narrowedFactor : narrowedFactor)
    compute = unit(computePrecision)
    computeFormat = Self.format(ofPrecision: computePrecision)
    computeUlps = UlpScale(
      precision: computePrecision, minExponent: computeFormat.minExponent)
    storage = mode.storagePrecision.map(unit) ?? 0
    accumulatorTruncates = mode.accumulateRounding == .towardZero
    accumulateBlock = max(1, mode.accumulateBlock)
    let declared = mode.accumulator.map { ($0.precision, $0.block) }
    levels = (declared.isEmpty ? [(own, nil)] : declared).map {
      Level(unitRoundoff: unit($0.0), block: $0.1, range: Self.format(ofPrecision: $0.0))
    }
  }

  /// The same where intermediates are values of a graph, each rounded to its type.
  func withEdges(of format: FloatFormat) -> EffectivePrecision {
    var precision = self
    precision.storage = max(storage, unit(format.precision))
    return precision
  }

  /// Whether small integers and dyadic values stay exact in this mode: every precision involved
  /// has at least the 11 bits that exact twins are designed for (numerics §5).
  static func keepsExactTwins(_ mode: NumericMode) -> Bool {
    let precisions = [mode.inputPrecision, mode.computePrecision, mode.storagePrecision]
    return precisions.allSatisfy { ($0 ?? 11) >= 11 }
      && mode.accumulator.allSatisfy { $0.precision >= 11 }
  }

  /// The format whose range a precision comes with; in-between precisions (14, 22) are those of
  /// truncated binary32 accumulators.
  static func format(ofPrecision precision: Int) -> FloatFormat {
    switch precision {
    case 25...: .f64
    case 11: .f16
    case 8: .bf16
    default: .f32
    }
  }
}

/// `2^-p`, also for a precision no format has: never zero and never above 1.
private func unit(_ precision: Int) -> Double {
  powerOfTwo(-min(max(precision, 0), 1_000))
}
