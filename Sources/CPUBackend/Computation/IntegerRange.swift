/// The numbers of an integer type, for conversions from floating point.
package struct IntegerRange: Sendable {
  let bits: Int
  let signed: Bool

  package init(bits: Int, signed: Bool) {
    self.bits = bits
    self.signed = signed
  }

  /// The integer part of x, limited to the range; NaN gives 0. Unsigned 64-bit results are
  /// returned as bit patterns.
  package func truncating(_ x: Double) -> Int64 {
    guard !x.isNaN else { return 0 }
    guard signed else {
      let end = bits == 64 ? UInt64.max : (1 << UInt64(bits)) - 1
      if x <= 0 { return 0 }
      // Exact for every width: 2^bits is a power of two.
      return Int64(
        bitPattern: x >= Double(sign: .plus, exponent: bits, significand: 1)
          ? end : UInt64(x))
    }
    let limit = Double(sign: .plus, exponent: bits - 1, significand: 1)
    if x >= limit { return Int64.max >> Int64(64 - bits) }
    if x <= -limit { return Int64.min >> Int64(64 - bits) }
    return Int64(x)
  }
}
