extension FloatFormat {
  /// The value of a code, exactly; bits above `bitWidth` are ignored.
  ///
  /// NaN codes give a NaN whose payload and sign mean nothing.
  package func decode(_ code: UInt64) -> Double {
    switch codec {
    case .binary64: return Double(bitPattern: code)
    case .binary32: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: code)))
    case .powerOfTwo: return decodePowerOfTwo(code)
    case .binary16, .general: return decodeGeneral(code)
    }
  }

  private func decodePowerOfTwo(_ code: UInt64) -> Double {
    let exponent = code & 0xFF
    return exponent > greatestFiniteCode ? .nan : powerOfTwo(Int(exponent) + minExponent)
  }

  private func decodeGeneral(_ code: UInt64) -> Double {
    let signBit: UInt64 = 1 << UInt64(bitWidth - 1)
    let magnitude = code & (signBit - 1)
    let isNegative = code & signBit != 0
    if magnitude == 0 && isNegative && !hasNegativeZero { return .nan }
    if magnitude > greatestFiniteCode {
      guard magnitude == infinityCode else { return .nan }
      return isNegative ? -.infinity : .infinity
    }
    let implicitOne: UInt64 = 1 << UInt64(precision - 1)
    let field = Int(magnitude >> UInt64(precision - 1))
    let fraction = magnitude & (implicitOne - 1)
    let significand = field == 0 ? fraction : fraction | implicitOne
    let quantum = powerOfTwo(max(field, 1) - 1 + minExponent - precision + 1)
    let value = Double(significand) * quantum
    return isNegative ? -value : value
  }

  /// Unit in the last place at x: `2^(max(⌊log2|x|⌋, emin) − p + 1)`.
  ///
  /// Constant below the smallest normal, zero included; not limited at the largest finite value.
  /// NaN and infinities give NaN.
  package func ulp(of x: Double) -> Double {
    guard x.isFinite else { return .nan }
    let exponent = x.isZero ? minExponent : max(Int(x.exponent), minExponent)
    return powerOfTwo(exponent - precision + 1)
  }
}
