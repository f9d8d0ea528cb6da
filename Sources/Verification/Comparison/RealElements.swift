import NumericFormats
import Spec
import Tensors

/// Observed and golden values of a floating-point tensor, with what specials need (numerics §6.11).
struct RealElements {
  let comparison: TensorComparison
  let format: FloatFormat
  let ulps: UlpScale
  let precision: EffectivePrecision
  let observed: [Double]
  let high: [Double]
  let low: [Double]
  let undefined: [Bool]
  let greatest: Double
  /// From here on round to nearest gives infinity: fmax + ulp/2.
  let overflowThreshold: Double
  let smallestNormal: Double
  let flushes: Bool
  let saturates: Bool
  let signedZero: Bool

  init(_ comparison: TensorComparison, _ column: RealColumn) throws(GoldenFault) {
    guard let format = comparison.golden.type.floatFormat,
      let observed = comparison.observed.doubles
    else { throw GoldenFault("real results for the type \(comparison.golden.type.name)") }
    try GoldenFault.check("high", column.high.count, comparison.count)
    try GoldenFault.check("low", column.low.count, comparison.count, orEmpty: true)
    self.comparison = comparison
    self.format = format
    self.observed = observed
    (high, low, undefined) = (column.high, column.low, comparison.golden.undefined)
    ulps = UlpScale(format)
    precision = EffectivePrecision(comparison.mode, output: format)
    greatest = format.greatestFinite
    overflowThreshold = greatest + 0.5 * ulps.ulp(of: greatest)
    smallestNormal = format.smallestNormal
    flushes = comparison.mode.subnormals != .preserve
    saturates = comparison.mode.overflow == .saturating
    signedZero = comparison.golden.signedZero
  }

  var count: Int { observed.count }

  /// e = y − g, formed exactly where the golden has a low part (numerics §2.5).
  @inline(__always)
  func error(at position: Int) -> Double {
    if low.isEmpty { return observed[position] - high[position] }
    let difference = twoSum(observed[position], -high[position])
    // Where y − g overflows the low part of the sum is NaN and without weight.
    guard difference.high.isFinite else { return difference.high }
    return difference.high + (difference.low - low[position])
  }

  /// The golden rounded once to the output type.
  func rounded(at position: Int) -> Double {
    let overflow: FloatFormat.Overflow = saturates ? .saturate : .ieee
    return low.isEmpty
      ? format.round(high[position], overflow: overflow)
      : format.round(high: high[position], low: low[position], overflow: overflow)
  }

  /// Whether the exact result is itself a value of the output type.
  func isRepresentable(at position: Int) -> Bool {
    (low.isEmpty || low[position] == 0) && format.round(high[position]) == high[position]
  }
}
