import NumericFormats

/// A decoded value of a format next to its code, written down independently of the encoder.
struct GridPoint {
  let value: Double
  let code: UInt64
}

/// Bit layout of a format as its specification prints it: sign, exponent field, fraction field.
struct Layout: CustomStringConvertible {
  let format: FloatFormat
  let exponentBits: Int
  let fractionBits: Int
  let bias: Int
  let infinity: UInt64?
  /// Magnitude codes that are NaN; a format that uses the code of negative zero has none here.
  let nanCodes: ClosedRange<UInt64>?
  let greatest: Double

  var description: String { format.name }

  static let small: [Layout] = [
    Layout(
      format: .f16, exponentBits: 5, fractionBits: 10, bias: 15, infinity: 0x7C00,
      nanCodes: 0x7C01...0x7FFF, greatest: 65504),
    Layout(
      format: .bf16, exponentBits: 8, fractionBits: 7, bias: 127, infinity: 0x7F80,
      nanCodes: 0x7F81...0x7FFF, greatest: 0x1.fep127),
    Layout(
      format: .e4m3fn, exponentBits: 4, fractionBits: 3, bias: 7, infinity: nil,
      nanCodes: 0x7F...0x7F, greatest: 448),
    Layout(
      format: .e4m3fnuz, exponentBits: 4, fractionBits: 3, bias: 8, infinity: nil,
      nanCodes: nil, greatest: 240),
    Layout(
      format: .e5m2, exponentBits: 5, fractionBits: 2, bias: 15, infinity: 0x7C,
      nanCodes: 0x7D...0x7F, greatest: 57344),
    Layout(
      format: .e5m2fnuz, exponentBits: 5, fractionBits: 2, bias: 16, infinity: nil,
      nanCodes: nil, greatest: 57344),
    Layout(
      format: .e2m3, exponentBits: 2, fractionBits: 3, bias: 1, infinity: nil, nanCodes: nil,
      greatest: 7.5),
    Layout(
      format: .e3m2, exponentBits: 3, fractionBits: 2, bias: 3, infinity: nil, nanCodes: nil,
      greatest: 28),
    Layout(
      format: .e2m1, exponentBits: 2, fractionBits: 1, bias: 1, infinity: nil, nanCodes: nil,
      greatest: 6),
  ]

  /// Value of a finite magnitude code, by repeated doubling and halving of integers.
  func magnitude(of code: UInt64) -> Double {
    let field = Int(code >> UInt64(fractionBits))
    let fraction = Double(code & ((1 << UInt64(fractionBits)) - 1))
    let unit = Double(UInt64(1) << UInt64(fractionBits))
    var value = field == 0 ? fraction : unit + fraction
    var exponent = max(field, 1) - bias - fractionBits
    while exponent > 0 {
      value *= 2
      exponent -= 1
    }
    while exponent < 0 {
      value /= 2
      exponent += 1
    }
    return value
  }

  /// All non-negative finite points in ascending order.
  func grid() -> [GridPoint] {
    let count = UInt64(1) << UInt64(exponentBits + fractionBits)
    var points: [GridPoint] = []
    for code in 0..<count {
      if code == infinity || nanCodes?.contains(code) == true { continue }
      points.append(GridPoint(value: magnitude(of: code), code: code))
    }
    return points
  }
}
