package import NumericFormats

/// The element types of ONNX tensors; raw values are the numbers of `TensorProto.DataType`.
package enum ElementType: Int32, CaseIterable, Hashable, Sendable {
  case f32 = 1
  case u8, i8, u16, i16, i32, i64, string, bool, f16, f64, u32, u64, c64, c128, bf16
  case e4m3fn, e4m3fnuz, e5m2, e5m2fnuz, u4, i4, e2m1, e8m0, u2, i2, e2m3, e3m2

  /// What the codes of an element mean.
  package enum Meaning: Hashable, Sendable {
    case float(FloatFormat)
    case integer(bits: Int, signed: Bool)
    case bool
    case string
    /// A pair (real, imaginary) of the given format.
    case complex(FloatFormat)
  }

  /// How the codes of this type are read.
  package var meaning: Meaning {
    switch self {
    case .f32: .float(.f32)
    case .f16: .float(.f16)
    case .f64: .float(.f64)
    case .bf16: .float(.bf16)
    case .e4m3fn: .float(.e4m3fn)
    case .e4m3fnuz: .float(.e4m3fnuz)
    case .e5m2: .float(.e5m2)
    case .e5m2fnuz: .float(.e5m2fnuz)
    case .e2m1: .float(.e2m1)
    case .e8m0: .float(.e8m0)
    case .e2m3: .float(.e2m3)
    case .e3m2: .float(.e3m2)
    case .u2: .integer(bits: 2, signed: false)
    case .u4: .integer(bits: 4, signed: false)
    case .u8: .integer(bits: 8, signed: false)
    case .u16: .integer(bits: 16, signed: false)
    case .u32: .integer(bits: 32, signed: false)
    case .u64: .integer(bits: 64, signed: false)
    case .i2: .integer(bits: 2, signed: true)
    case .i4: .integer(bits: 4, signed: true)
    case .i8: .integer(bits: 8, signed: true)
    case .i16: .integer(bits: 16, signed: true)
    case .i32: .integer(bits: 32, signed: true)
    case .i64: .integer(bits: 64, signed: true)
    case .bool: .bool
    case .string: .string
    case .c64: .complex(.f32)
    case .c128: .complex(.f64)
    }
  }

  /// Bits one element takes in ONNX's packed layout; 0 for strings, which have no fixed width.
  package var bitWidth: Int {
    switch meaning {
    case .float(let format): format.bitWidth
    case .integer(let bits, _): bits
    case .bool: 8
    case .string: 0
    case .complex(let format): 2 * format.bitWidth
    }
  }

  /// The float format of a real floating-point type, else nil.
  package var floatFormat: FloatFormat? {
    if case .float(let format) = meaning { format } else { nil }
  }

  /// Whether the type is one of the real floating-point types.
  package var isFloat: Bool { floatFormat != nil }

  /// Whether the type is a signed or unsigned integer (bool is not).
  package var isInteger: Bool {
    if case .integer = meaning { true } else { false }
  }

  /// Bytes that `count` elements take in the packed layout, nil on overflow or for strings.
  package func byteCount(of count: Int) -> Int? {
    guard bitWidth > 0, count >= 0 else { return nil }
    let (bits, overflow) = count.multipliedReportingOverflow(by: bitWidth)
    guard !overflow, bits <= Int.max - 7 else { return nil }
    return (bits + 7) / 8
  }
}
