extension FloatFormat {
  /// The code nearest to x, ties to even, rounded once.
  ///
  /// The sign of zero is kept where the format has a negative zero. NaN becomes the canonical
  /// positive NaN; the 4- and 6-bit formats have none and return their largest value, as ONNX
  /// Cast does. `e8m0` is encoded with `encodeE8M0` in its nearest mode.
  package func encode(_ x: Double, overflow: Overflow = .ieee) -> UInt64 {
    if x.isFinite {
      switch codec {
      case .binary64: return x.bitPattern
      case .binary32:
        let narrowed = Float(x)
        return narrowed.isFinite
          ? UInt64(narrowed.bitPattern) : overflowCode(negative: x < 0, overflow)
      case .binary16:
        let narrowed = Float16(x)
        return narrowed.isFinite
          ? UInt64(narrowed.bitPattern) : overflowCode(negative: x < 0, overflow)
      case .powerOfTwo:
        return UInt64(Self.encodeE8M0(x, mode: .nearest, saturate: overflow != .ieee))
      case .general: return encodeGeneral(high: x, low: 0, overflow)
      }
    }
    return encodeSpecial(x, overflow)
  }

  /// The code nearest to the exact sum high + low, ties to even, rounded once.
  ///
  /// Meant for an unevaluated sum with |low| ≤ ulp(high)/2; any other pair is renormalised first.
  /// A low part that is not finite is added to high as IEEE 754 says.
  package func encode(
    high: Double, low: Double, overflow: Overflow = .ieee
  ) -> UInt64 {
    if low == 0 || !high.isFinite { return encode(high, overflow: overflow) }
    let sum = high + low
    if sum.isInfinite && low.isFinite { return overflowCode(negative: sum < 0, overflow) }
    // Error-free: sum + rest equals high + low (Knuth's TwoSum).
    let part = sum - high
    let rest = (high - (sum - part)) + (low - part)
    switch codec {
    case .binary64: return encode(sum, overflow: overflow)
    case .powerOfTwo:
      return UInt64(
        Self.encodeE8M0(high: sum, low: rest, mode: .nearest, saturate: overflow != .ieee))
    case .binary32, .binary16, .general:
      guard sum.isFinite else { return encode(sum, overflow: overflow) }
      return encodeGeneral(high: sum, low: rest, overflow)
    }
  }

  /// x rounded to the format: `decode(encode(x))`, also for the non-storage formats.
  package func round(_ x: Double, overflow: Overflow = .ieee) -> Double {
    decode(encode(x, overflow: overflow))
  }

  /// The exact sum high + low rounded once to the format.
  package func round(high: Double, low: Double, overflow: Overflow = .ieee) -> Double {
    decode(encode(high: high, low: low, overflow: overflow))
  }

  /// The value of the format nearest to x among those not larger in magnitude.
  ///
  /// Finite values never overflow: they stop at the largest finite value. Infinities and NaN are
  /// treated as in `encode`; `e8m0` returns NaN below its smallest value.
  package func roundTowardZero(_ x: Double) -> Double {
    guard x.isFinite else { return round(x) }
    if codec == .binary64 { return x }
    if codec == .powerOfTwo {
      return decode(UInt64(Self.encodeE8M0(min(x, greatestFinite), mode: .down, saturate: false)))
    }
    let (quotient, _, quantum) = splitOnGrid(x.magnitude)
    let code = min(magnitudeCode(quotient, quantum: quantum), greatestFiniteCode)
    return decode(signed(code, negative: x.sign == .minus))
  }

  // MARK: - Rounding on the format's grid

  /// Where a magnitude lies between two neighbours of the grid.
  private enum Remainder { case belowHalf, half, aboveHalf }

  /// Requires finite parts, high already the rounded sum of both, fewer than 53 bits of precision.
  private func encodeGeneral(high: Double, low: Double, _ overflow: Overflow) -> UInt64 {
    let isNegative = high.sign == .minus
    var (quotient, remainder, quantum) = splitOnGrid(high.magnitude)
    // |low| is at most half an ulp of binary64, so it can only decide an exact tie.
    let lowPushesOut = isNegative ? low < 0 : low > 0
    switch remainder {
    case .belowHalf: break
    case .aboveHalf: quotient += 1
    case .half:
      let isOdd = quotient & 1 == 1
      if low == 0 ? isOdd : lowPushesOut { quotient += 1 }
    }
    let code = magnitudeCode(quotient, quantum: quantum)
    if code > greatestFiniteCode { return overflowCode(negative: isNegative, overflow) }
    return signed(code, negative: isNegative)
  }

  /// Splits a magnitude into `quotient · 2^quantum` and the position of what is left.
  private func splitOnGrid(_ x: Double) -> (UInt64, Remainder, quantum: Int) {
    let smallestQuantum = minExponent - precision + 1
    guard x > 0 else { return (0, .belowHalf, smallestQuantum) }
    let exponent = Int(x.exponent)
    let quantum = max(exponent, minExponent) - precision + 1
    let shift = quantum - (max(exponent, -1022) - 52)
    if shift > 53 { return (0, .belowHalf, quantum) }
    let implicitOne: UInt64 = x.isNormal ? 1 << 52 : 0
    let significand = x.significandBitPattern | implicitOne
    let quotient = significand >> UInt64(shift)
    let rest = significand & ((1 << UInt64(shift)) - 1)
    let half: UInt64 = 1 << UInt64(shift - 1)
    return (quotient, rest < half ? .belowHalf : rest == half ? .half : .aboveHalf, quantum)
  }

  /// The magnitude code of `quotient · 2^quantum`; codes count upward through the binades.
  private func magnitudeCode(_ quotient: UInt64, quantum: Int) -> UInt64 {
    let binade = UInt64(quantum - (minExponent - precision + 1))
    return (binade << UInt64(precision - 1)) + quotient
  }

  private func signed(_ magnitude: UInt64, negative: Bool) -> UInt64 {
    guard negative && isSigned && (magnitude != 0 || hasNegativeZero) else { return magnitude }
    return magnitude | 1 << UInt64(bitWidth - 1)
  }

  // MARK: - Overflow and specials

  private func overflowCode(negative: Bool, _ overflow: Overflow) -> UInt64 {
    switch overflow {
    case .saturate, .clamp: return signed(greatestFiniteCode, negative: negative)
    case .ieee:
      if let infinityCode { return signed(infinityCode, negative: negative) }
      return canonicalNaN ?? signed(greatestFiniteCode, negative: negative)
    }
  }

  private func encodeSpecial(_ x: Double, _ overflow: Overflow) -> UInt64 {
    if x.isNaN { return canonicalNaN ?? greatestFiniteCode }
    if codec == .powerOfTwo {
      return UInt64(Self.encodeE8M0(x, mode: .nearest, saturate: overflow != .ieee))
    }
    // Formats whose NaN took the place of negative zero saturate infinities only when clamping.
    if let canonicalNaN, !hasNegativeZero, overflow != .clamp { return canonicalNaN }
    return overflowCode(negative: x < 0, overflow)
  }
}
