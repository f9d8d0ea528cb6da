/// A binary floating-point format of at most 64 bits, described by value.
///
/// A code is the bit pattern of one element in the low `bitWidth` bits of a `UInt64`; decoding
/// ignores the bits above. Every value of every format is a `Double`, so decoding is exact and
/// `Double` serves as the common carrier. Magnitude codes of a format are ordered like the
/// values they stand for; encoding relies on it.
///
/// Sources: IEEE 754-2019 for `f64`, `f32`, `f16`; the ONNX technical notes on float8, float6 and
/// float4 and the OCP Microscaling Formats specification 1.0 for the narrow formats.
package struct FloatFormat: Hashable, Sendable {
  /// What an encoder does with a value beyond the largest finite one.
  package enum Overflow: Hashable, Sendable {
    /// Infinity where the format has one, else NaN (`saturate = 0` of the ONNX Cast tables);
    /// formats with neither saturate, which is all they can do.
    case ieee
    /// The largest finite value of the same sign, also for infinite arguments. The two `fnuz`
    /// formats turn an infinity into NaN, as the `saturate = 1` table of ONNX Cast says in
    /// versions 19 to 23.
    case saturate
    /// The largest finite value of the same sign, for an infinity in every format: the
    /// `saturate = 1` table from version 24 of ONNX Cast on.
    case clamp
  }

  /// The code path that decodes and encodes a format.
  enum Codec: Hashable, Sendable { case binary64, binary32, binary16, powerOfTwo, general }

  /// Short name, for example `f32` or `f8e4m3fn`; unique among the formats.
  package let name: String
  /// Number of bits of a code.
  package let bitWidth: Int
  /// Precision p in bits, the implicit one included.
  package let precision: Int
  /// Exponent of the smallest normal value.
  package let minExponent: Int
  /// Exponent of the largest finite value.
  package let maxExponent: Int
  /// Largest finite value.
  package let greatestFinite: Double
  package let hasNegativeZero: Bool
  package let isSigned: Bool

  let codec: Codec
  /// Magnitude code of the largest finite value.
  let greatestFiniteCode: UInt64
  let infinityCode: UInt64?
  /// The NaN that encoding returns; formats without NaN have none.
  let canonicalNaN: UInt64?

  private init(
    _ name: String, bits: Int, precision: Int, minExponent: Int, greatest: UInt64,
    infinity: UInt64? = nil, nan: UInt64? = nil, negativeZero: Bool = true, signed: Bool = true,
    codec: Codec = .general
  ) {
    self.name = name
    bitWidth = bits
    self.precision = precision
    self.minExponent = minExponent
    hasNegativeZero = negativeZero
    isSigned = signed
    self.codec = codec
    greatestFiniteCode = greatest
    infinityCode = infinity
    canonicalNaN = nan
    let field = Int(greatest >> UInt64(precision - 1))
    maxExponent = codec == .powerOfTwo ? field + minExponent : field - 1 + minExponent
    let fraction = greatest & ((1 << UInt64(precision - 1)) - 1)
    let significand = fraction + (1 << UInt64(precision - 1))
    // The product is exact: the significand has `precision` bits, the scale is a power of two.
    greatestFinite = Double(significand) * powerOfTwo(maxExponent - precision + 1)
  }
}

extension FloatFormat {
  package var hasInfinity: Bool { infinityCode != nil }
  package var hasNaN: Bool { canonicalNaN != nil }
  /// Smallest positive value with full precision.
  package var smallestNormal: Double { powerOfTwo(minExponent) }
  /// Smallest positive value; equal to `smallestNormal` for `e8m0`, which has no subnormals.
  package var smallestSubnormal: Double { powerOfTwo(minExponent - precision + 1) }
  /// Unit round-off u = 2^-p, the largest relative error of one rounding to nearest.
  package var unitRoundoff: Double { powerOfTwo(-precision) }

  package static let f64 = FloatFormat(
    "f64", bits: 64, precision: 53, minExponent: -1022, greatest: 0x7FEF_FFFF_FFFF_FFFF,
    infinity: 0x7FF0_0000_0000_0000, nan: 0x7FF8_0000_0000_0000, codec: .binary64)
  package static let f32 = FloatFormat(
    "f32", bits: 32, precision: 24, minExponent: -126, greatest: 0x7F7F_FFFF,
    infinity: 0x7F80_0000, nan: 0x7FC0_0000, codec: .binary32)
  package static let f16 = FloatFormat(
    "f16", bits: 16, precision: 11, minExponent: -14, greatest: 0x7BFF, infinity: 0x7C00,
    nan: 0x7E00, codec: .binary16)
  package static let bf16 = FloatFormat(
    "bf16", bits: 16, precision: 8, minExponent: -126, greatest: 0x7F7F, infinity: 0x7F80,
    nan: 0x7FC0)
  package static let e4m3fn = FloatFormat(
    "f8e4m3fn", bits: 8, precision: 4, minExponent: -6, greatest: 0x7E, nan: 0x7F)
  package static let e4m3fnuz = FloatFormat(
    "f8e4m3fnuz", bits: 8, precision: 4, minExponent: -7, greatest: 0x7F, nan: 0x80,
    negativeZero: false)
  package static let e5m2 = FloatFormat(
    "f8e5m2", bits: 8, precision: 3, minExponent: -14, greatest: 0x7B, infinity: 0x7C, nan: 0x7F)
  package static let e5m2fnuz = FloatFormat(
    "f8e5m2fnuz", bits: 8, precision: 3, minExponent: -15, greatest: 0x7F, nan: 0x80,
    negativeZero: false)
  /// Powers of two from 2^-127 to 2^127 without sign and without zero; 0xFF is NaN.
  package static let e8m0 = FloatFormat(
    "f8e8m0", bits: 8, precision: 1, minExponent: -127, greatest: 0xFE, nan: 0xFF,
    negativeZero: false, signed: false, codec: .powerOfTwo)
  package static let e2m3 = FloatFormat(
    "f6e2m3", bits: 6, precision: 4, minExponent: 0, greatest: 0x1F)
  package static let e3m2 = FloatFormat(
    "f6e3m2", bits: 6, precision: 3, minExponent: -2, greatest: 0x1F)
  package static let e2m1 = FloatFormat(
    "f4e2m1", bits: 4, precision: 2, minExponent: 0, greatest: 0x7)
  /// Input precision of some matrix units, f32 range with p = 11; never a storage type.
  package static let tf32 = FloatFormat(
    "tf32", bits: 19, precision: 11, minExponent: -126, greatest: 0x3FBFF, infinity: 0x3FC00,
    nan: 0x3FE00)
  /// Input precision of some matrix units, f32 range with p = 12; never a storage type.
  package static let hf32 = FloatFormat(
    "hf32", bits: 20, precision: 12, minExponent: -126, greatest: 0x7F7FF, infinity: 0x7F800,
    nan: 0x7FC00)

  /// Formats in which tensors are stored, widest first.
  package static let storageFormats: [FloatFormat] = [
    f64, f32, f16, bf16, e4m3fn, e4m3fnuz, e5m2, e5m2fnuz, e8m0, e2m3, e3m2, e2m1,
  ]
}

/// 2^exponent, exact for -1074 ... 1023; zero below and infinite above.
package func powerOfTwo(_ exponent: Int) -> Double {
  if exponent > 1023 { return .infinity }
  if exponent >= -1022 { return Double(bitPattern: UInt64(exponent + 1023) << 52) }
  return exponent < -1074 ? 0 : Double(bitPattern: 1 << UInt64(exponent + 1074))
}
