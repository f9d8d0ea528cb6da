extension FloatFormat {
  /// Rounding direction of a conversion to `e8m0`, named as the ONNX `round_mode` attribute.
  package enum PowerOfTwoRounding: Hashable, Sendable {
    /// The smallest power of two that is not below x.
    case up
    /// The largest power of two that is not above x.
    case down
    /// The nearest power of two; the midpoint 1.5 · 2^k goes up.
    case nearest
  }

  /// The `e8m0` code of x, rounded once in the given direction.
  ///
  /// Follows the special-value table of ONNX Cast. Values outside 2^-127 ... 2^127, zero and
  /// infinity included, become the nearer end of the range when saturating and NaN (0xFF)
  /// otherwise. NaN stays NaN. Negative values and negative zero are unspecified by the standard
  /// and treated as values below the range.
  package static func encodeE8M0(
    _ x: Double, mode: PowerOfTwoRounding, saturate: Bool
  ) -> UInt8 {
    encodeE8M0(high: x, low: 0, mode: mode, saturate: saturate)
  }

  /// The `e8m0` code of high + low, where high is the rounded sum of both.
  static func encodeE8M0(
    high: Double, low: Double, mode: PowerOfTwoRounding, saturate: Bool
  ) -> UInt8 {
    let notANumber: UInt8 = 0xFF
    let greatest: UInt8 = 0xFE
    if high.isNaN { return notANumber }
    let smallestValue = powerOfTwo(-127)
    let greatestValue = powerOfTwo(127)
    if high < smallestValue || (high == smallestValue && low < 0) {
      return saturate ? 0 : notANumber
    }
    if high > greatestValue || (high == greatestValue && low > 0) {
      return saturate ? greatest : notANumber
    }
    // In range: high is normal, its exponent lies in -127 ... 127.
    let floorCode = UInt8(Int(high.exponent) + 127)
    let fraction = high.significand
    // A low part below an exact power of two moves the sum into the binade underneath.
    if fraction == 1 && low < 0 { return mode == .down ? floorCode - 1 : floorCode }
    switch mode {
    case .down: return floorCode
    case .up: return fraction > 1 || low > 0 ? floorCode + 1 : floorCode
    case .nearest:
      let goesUp = fraction > 1.5 || (fraction == 1.5 && low >= 0)
      return goesUp ? floorCode + 1 : floorCode
    }
  }
}
